using FsCheck;
using FsCheck.Fluent;
using Postlotse.Language;
using Xunit;

namespace Postlotse.Tests.Language;

public sealed class GermanTextTests
{
    [Theory]
    [InlineData("Straße", "STRASSE")]
    [InlineData("Ämter", "Aemter")]
    [InlineData("ärger", "a\u0308rger")]
    [InlineData("Über", "ueber")]
    [InlineData("GROẞ", "groß")]
    [InlineData("Café", "cafe")]
    [InlineData("O\uFB03ce", "office")]
    [InlineData("Grund\u00ADsteuer", "Grundsteuer")]
    public void SpellingsOfOneWord_FoldToTheSame(string one, string other) => Assert.Equal(GermanText.Fold(one), GermanText.Fold(other));

    [Fact]
    public void Tokens_KnowWhereTheyStandInTheTextAsWritten()
    {
        const string Text = "Für die Straße 12a – „Grund\u00ADsteuer“.";

        var tokens = GermanText.Tokens(Text);

        Assert.Equal(["fuer", "die", "strasse", "12a", "grundsteuer"], tokens.Select(t => t.Text));
        Assert.Equal(["Für", "die", "Straße", "12a", "Grund\u00ADsteuer"], tokens.Select(t => Text.Substring(t.Start, t.Length)));
    }

    [Fact]
    public void AnyText_HasTokensInOrderAndInside() => Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
    {
        var end = 0;
        foreach (var token in GermanText.Tokens(text ?? ""))
        {
            Assert.True(token.Start >= end && token.Length > 0 && token.Text.Length > 0);
            end = token.Start + token.Length;
        }

        Assert.True(end <= (text ?? "").Length);
    }));

    [Fact]
    public void AnyText_FoldsToItselfWhenFoldedAgain() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<string>(), text => GermanText.Fold(GermanText.Fold(text ?? "")) == GermanText.Fold(text ?? "")));

    [Fact]
    public void HalfASurrogatePair_DoesNotStopTheReader() =>
        Assert.Equal(["amt", "steuer"], GermanText.Tokens("Amt \uD83D \uDE00\uD83D Steuer").Select(t => t.Text));

    /// <summary>Pairs of the sample vocabulary that the algorithm's page publishes.</summary>
    [Theory]
    [InlineData("aufeinander", "aufeinand")]
    [InlineData("aufeinanderbiss", "aufeinanderbiss")]
    [InlineData("aufeinanderfolgend", "aufeinanderfolg")]
    [InlineData("aufeinanderschlügen", "aufeinanderschlug")]
    [InlineData("auferlegt", "auferlegt")]
    [InlineData("auferstandenen", "auferstand")]
    [InlineData("auferstehung", "aufersteh")]
    [InlineData("kategorie", "kategori")]
    [InlineData("kategorische", "kategor")]
    [InlineData("kater", "kat")]
    [InlineData("katers", "kat")]
    [InlineData("kätzchens", "katzch")]
    [InlineData("kauerte", "kauert")]
    [InlineData("kaufmännisch", "kaufmann")]
    [InlineData("käuflich", "kauflich")]
    [InlineData("kenntnisse", "kenntnis")]
    public void PublishedExamples_AreStemmedAsPublished(string word, string stem) =>
        Assert.Equal(stem, GermanText.Stem(GermanText.Fold(word)));

    [Theory]
    [InlineData("Häuser", "Haus")]
    [InlineData("Bescheide", "Bescheid")]
    [InlineData("Anträge", "Antrag")]
    [InlineData("Gebühren", "Gebuehr")]
    [InlineData("Wohnungen", "Wohnung")]
    [InlineData("Bäume", "Baum")]
    public void Inflections_ShareTheirStem(string one, string other) =>
        Assert.Equal(GermanText.Stem(GermanText.Fold(one)), GermanText.Stem(GermanText.Fold(other)));

    [Theory]
    [InlineData("Grundsteuerbescheide", new[] { "grund", "steuer", "bescheid" })]
    [InlineData("Bewohnerparkausweis", new[] { "bewohner", "park", "ausweis" })]
    [InlineData("Halteverbotszone", new[] { "halte", "verbot", "zone" })]
    [InlineData("Straßenbeleuchtung", new[] { "strasse", "beleuchtung" })]
    [InlineData("Stadtrat", new[] { "stadt", "rat" })]
    [InlineData("Gewerbeanmeldung", new[] { "gewerbe", "anmeldung" })]
    public void Compounds_ComeApart(string word, string[] parts)
    {
        var stems = GermanText.Parts(GermanText.Fold(word)).Select(GermanText.Stem).ToList();
        foreach (var part in parts) Assert.Contains(GermanText.Stem(GermanText.Fold(part)), stems);
    }

    [Theory]
    [InlineData("Unterhalt")]
    [InlineData("Bescheid")]
    [InlineData("Amt")]
    [InlineData("Verwaltung")]
    [InlineData("")]
    [InlineData("xqzxqzxqzxqz")]
    public void SimpleWords_StayWhole(string word) => Assert.Empty(GermanText.Parts(GermanText.Fold(word)));

    [Fact]
    public void SearchTerms_FindACompoundByItsPartAndByItsInflection()
    {
        var indexed = GermanText.SearchTerms("Widerspruch gegen die Grundsteuerbescheide").ToHashSet();

        Assert.True(indexed.IsSupersetOf(GermanText.SearchTerms("Bescheid")) || indexed.Contains("bescheid"));
        Assert.Contains(GermanText.Stem("grundsteuerbescheid"), indexed);
        Assert.DoesNotContain("die", indexed);
    }

    [Fact]
    public void SearchTerms_NameEachTermOnce()
    {
        var terms = GermanText.SearchTerms("Bescheid, Bescheide und BESCHEID").ToList();

        Assert.Equal(terms.Distinct(), terms);
    }
}
