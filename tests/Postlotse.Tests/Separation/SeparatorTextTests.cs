using Postlotse.Letters;
using Postlotse.Separation;
using Xunit;

namespace Postlotse.Tests.Separation;

public sealed class SeparatorTextTests
{
    private static readonly SheetKey Key = SheetKey.New();

    [Fact]
    public void WhatASheetSays_IsUnderstood()
    {
        Assert.Equal(new(Separators.OrderKind.Start), Read(Separators.StartText(Key)));
        Assert.Equal(new(Separators.OrderKind.Unit, "32.3"), Read(Separators.UnitText(Key, "32.3")));
        Assert.Equal(new(Separators.OrderKind.Cover), Read(Separators.BatchText(Key, "2026-11-26-1")));
    }

    [Fact]
    public void SheetOfOthers_OrdersNothingAndIsNoticed()
    {
        var unit = Separators.UnitText(Key, "32.3");
        string[] forged =
        [
            "POSTLOTSE:1:START", "POSTLOTSE:1:UNIT:32.3", "POSTLOTSE:2:START", "POSTLOTSE:2:UNIT:32.3",
            Separators.UnitText(SheetKey.New(), "32.3"), unit.Replace("32.3", "32.4", StringComparison.Ordinal), unit[..^1],
            unit[..^24], Separators.StartText(Key).Replace("START", "UNIT:32.3", StringComparison.Ordinal),
        ];
        foreach (var text in forged)
        {
            Assert.Null(Read(text));
            Assert.True(Separators.IsUnsigned(Page(text), new() { SheetKey = Key }), text);
        }

        Assert.Null(Separators.On(Page(unit), new()));
        Assert.True(Separators.IsUnsigned(Page(unit), new()));
        Assert.False(Separators.IsUnsigned(Page(unit), new() { SheetKey = Key }));
        Assert.False(Separators.IsUnsigned(Page("https://example.org"), new()));
    }

    [Fact]
    public void UnsignedSheet_CountsWhereTheSettingsSaySo()
    {
        Assert.Equal(new(Separators.OrderKind.Unit, "32.3"), Separators.On(Page("POSTLOTSE:1:UNIT:32.3"), new() { UnsignedSheets = true }));
        Assert.Null(Separators.On(Page(Separators.StartText(SheetKey.New())), new() { UnsignedSheets = true, SheetKey = Key }));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("0123456789abcdef0123456789ABCDEF0123456789abcdef0123456789abcdef\n", true)]
    [InlineData("0123456789abcdef0123456789ABCDEF0123456789abcdef0123456789abcdeg", false)]
    public void Key_IsHexadecimal(string text, bool fits)
    {
        Assert.Equal(fits, SheetKey.Parse(text) is not null);
        Assert.Equal(Separators.StartText(Key), Separators.StartText(SheetKey.Parse(Key.ToHex())!));
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
        string[] seeds = ["POSTLOTSE:1:START", "POSTLOTSE:1:UNIT:32.3", Separators.BatchText(Key, "2026-11-26-1")];
        const string Signs = ":0.9 \n\0\ud800\u202eSTARTunit";
        for (var i = 0; i < 10_000; i++)
        {
            var text = seeds[i % seeds.Length].ToCharArray();
            for (var change = random.Next(1, 4); change > 0; change--) text[random.Next(text.Length)] = Signs[random.Next(Signs.Length)];
            var order = Separators.On(Page(new(text, 0, random.Next(text.Length + 1))), new() { UnsignedSheets = true, SheetKey = Key });
            Assert.True(order is null || (order.Kind == Separators.OrderKind.Unit) == (order.Unit?.Length > 0));
        }
    }

    private static Separators.Order? Read(string text) => Separators.On(Page(text), new() { SheetKey = Key });

    private static RecognisedPage Page(string text) =>
        new() { Number = 1, Width = 210, Height = 297, Barcodes = [new(BarcodeKind.Qr, text, new(80, 80, 50, 50))] };
}
