using Postlotse.Letters;
using Postlotse.Responsibility;
using Postlotse.Responsibility.Learning;
using Postlotse.Tests.Responsibility.Knowledge;
using Xunit;

namespace Postlotse.Tests.Responsibility.Learning;

/// <summary>What decided letters teach about forms and barcodes of one kind.</summary>
public sealed class SeriesHistoryTests
{
    private const string Vague =
        "Sehr geehrte Damen und Herren, in der bekannten Sache sende ich Ihnen die Seiten nach.";
    private const string DogTax =
        "Guten Tag, hiermit melde ich meinen Hund zur Hundesteuer an. Der Hund ist ein Dackel und zwei Jahre alt.";

    public static readonly TheoryData<string, string, string, string> Kinds = new()
    {
        { "", "Code128 WG-1001", "Code128 WG-1002", "Code128 WG-7003" },
        { "", "Code39 WG001001", "Code39 WG001002", "Code39 WG007003" },
        { "", "Interleaved2Of5 505100004711", "Interleaved2Of5 505122223333", "Interleaved2Of5 505199990000" },
        { "", "Qr https://stadt.example/wg?1", "Qr https://stadt.example/wg?22", "Qr https://stadt.example/wg?333" },
        { "Formular 50-012", "", "", "" },
        { "50-012 (01.24)", "", "", "" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void LettersOfOneKind_LeadToTheirOffice_UntilContradicted(string form, string first, string second, string next)
    {
        var learning = new CityLearning(Shipped.Decider);
        learning.Add(Letter("first", form, first), "62");
        Assert.DoesNotContain(Reasons(learning, form, next), IsSeries);

        learning.Add(Letter("second", form, second), "62");
        var decision = learning.Current.Decide(Letter("next", form, next));
        var reason = Assert.Single(decision.Reasons, IsSeries);
        Assert.Equal("62", decision.Unit);
        Assert.Contains("2 von 2", reason.Text, StringComparison.Ordinal);
        Assert.Contains(Assert.Single(reason.Spans).Field, (LetterField[])[LetterField.Form, LetterField.Barcodes]);

        learning.Add(Letter("third", form, next), "20.2");
        Assert.DoesNotContain(Reasons(learning, form, next), IsSeries);
        learning.Forget("third");
        Assert.Contains(Reasons(learning, form, next), IsSeries);
    }

    [Theory]
    [InlineData("Code128 XY-1", "")]
    [InlineData("Qr WG-5", "")]
    [InlineData("", "Antrag 2026")]
    public void LettersOfAnotherKind_AreNotMeant(string barcode, string form)
    {
        var learning = new CityLearning(Shipped.Decider);
        learning.Add(Letter("first", "Antrag 2026", "Code128 WG-1001"), "62");
        learning.Add(Letter("second", "Antrag 2026", "Code128 WG-1002"), "62");
        Assert.DoesNotContain(Reasons(learning, form, barcode), IsSeries);
    }

    [Fact]
    public void BarcodeAgainstClearContent_GoesToAPerson()
    {
        var learning = new CityLearning(Shipped.Decider);
        learning.Add(Letter("first", "", "Code128 WG-1001"), "62");
        learning.Add(Letter("second", "", "Code128 WG-1002"), "62");
        var plain = learning.Current.Decide(new() { Id = "plain", Body = DogTax });
        var coded = learning.Current.Decide(new() { Id = "coded", Body = DogTax, Barcodes = "Code128 WG-1003" });
        Assert.Equal(Outcome.Auto, plain.Outcome);
        Assert.Equal((plain.Unit, Outcome.Review), (coded.Unit, coded.Outcome));
    }

    [Fact]
    public void WhatWasLearned_IsKept()
    {
        var learning = new CityLearning(Shipped.Decider);
        learning.Add(Letter("first", "", "Code128 WG-1001"), "62");
        learning.Add(Letter("second", "", "Code128 WG-1002"), "62");
        using var stream = new MemoryStream(Town.Bytes(learning));
        Assert.Contains(Reasons(CityLearning.Read(stream, Shipped.Decider), "", "Code128 WG-1003"), IsSeries);
    }

    private static bool IsSeries(Reason reason) =>
        reason.Kind == ReasonKind.Reference && reason.Text.StartsWith("Frühere Briefe mit ", StringComparison.Ordinal)
        && !reason.Text.Contains("Zeichen", StringComparison.Ordinal);

    private static IReadOnlyList<Reason> Reasons(CityLearning learning, string form, string barcodes)
    {
        var decision = learning.Current.Decide(Letter("next", form, barcodes));
        return [.. decision.Reasons, .. decision.RunnerUpReasons];
    }

    private static LetterContent Letter(string id, string form, string barcodes) =>
        new() { Id = id, Body = Vague, Form = form, Barcodes = barcodes };
}
