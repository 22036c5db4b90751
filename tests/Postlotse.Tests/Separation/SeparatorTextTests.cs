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

    /// <summary>Ten thousand mutations of what sheets say: an order with its office, or none.</summary>
    [Fact]
    public void MutatedSheets_AreAnOrderOrNone()
    {
        var random = new Random(9);
        string[] seeds = [Separators.StartText, Separators.UnitText("32.3"), Separators.BatchText("2026-11-26-1")];
        const string Signs = ":0.9 \n\0\ud800\u202eSTARTunit";
        for (var i = 0; i < 10_000; i++)
        {
            var text = seeds[i % seeds.Length].ToCharArray();
            for (var change = random.Next(1, 4); change > 0; change--) text[random.Next(text.Length)] = Signs[random.Next(Signs.Length)];
            var order = Read(new string(text, 0, random.Next(text.Length + 1)));
            Assert.True(order is null || (order.Kind == Separators.OrderKind.Unit) == (order.Unit?.Length > 0));
        }
    }

    private static Separators.Order? Read(string text) => Separators.On(
        new RecognisedPage { Number = 1, Width = 210, Height = 297, Barcodes = [new(BarcodeKind.Qr, text, new(80, 80, 50, 50))] },
        new SeparationSettings());
}
