using Postlotse.Letters;
using Postlotse.Separation;
using Xunit;

namespace Postlotse.Tests.Separation;

public sealed class SeparatorTextTests
{
    [Fact]
    public void WhatASheetSays_IsUnderstood()
    {
        Assert.Equal(new(Separators.OrderKind.Start), Read(Separators.StartText));
        Assert.Equal(new(Separators.OrderKind.Unit, "32.3"), Read(Separators.UnitText("32.3")));
        Assert.Equal(new(Separators.OrderKind.Cover), Read(Separators.BatchText("2026-11-26-1")));
    }

    [Theory]
    [InlineData("2026-11-26_a.1", true)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("für", false)]
    public void NameOfAStack_IsPlain(string name, bool fits) => Assert.Equal(fits, Separators.IsName(name));

    private static Separators.Order? Read(string text) => Separators.On(
        new RecognisedPage { Number = 1, Width = 210, Height = 297, Barcodes = [new(BarcodeKind.Qr, text, new(80, 80, 50, 50))] },
        new SeparationSettings());
}
