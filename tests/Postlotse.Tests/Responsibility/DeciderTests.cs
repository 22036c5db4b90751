using FsCheck;
using FsCheck.Fluent;
using Postlotse.Letters;
using Postlotse.Responsibility;
using Xunit;
using Outcome = Postlotse.Letters.Outcome;

namespace Postlotse.Tests.Responsibility;

public sealed class DeciderTests
{
    private static readonly Decider Decider = new(SampleCity.Organisation);

    [Fact]
    public void PersonalLetterToAWholeDepartment_IsNotForTheOneOfficeInItThatIsNeverOpened()
    {
        var decision = Decider.Decide(SampleCity.Letter("persönlich\nFachbereich Finanzen\n00001 Beispielstadt"));

        Assert.Equal((Outcome.Review, Restrictions.Personal), (decision.Outcome, decision.Restriction));
    }

    [Fact]
    public void LetterToAWholeDepartment_IsReadThoughOneOfficeInItIsNeverOpened()
    {
        var decision = Decider.Decide(SampleCity.Letter(
            "Fachbereich Finanzen\n00001 Beispielstadt", "Mahnung", "Ich habe die Mahnung der Stadtkasse bekommen und zahle in Raten."));

        Assert.Equal("FB2-1", decision.Unit);
        Assert.NotEqual(Restrictions.Sealed, decision.Restriction);
        Assert.Contains(decision.Reasons, r => r.Kind == ReasonKind.Concern);
    }

    [Fact]
    public void LetterToADepartmentOfWhichNothingIsOpened_StaysClosed()
    {
        var council = new Organisation
        {
            City = "Beispielstadt",
            Units =
            [
                new Unit { Id = "PV", Name = "Personalvertretung" },
                new Unit
                {
                    Id = "GPR", Name = "Gesamtrat der Beschäftigten", Parent = "PV", Handling = Handling.Sealed, Tasks = ["Mitbestimmung"],
                },
                new Unit { Id = "1", Name = "Bürgeramt", Tasks = ["Ausweise"] },
            ],
        };
        var decision = new Decider(council).Decide(SampleCity.Letter("Personalvertretung\n00001 Beispielstadt", "Ausweis", "Mein Ausweis"));

        Assert.Equal(("GPR", Restrictions.Sealed), (decision.Unit, decision.Restriction));
    }

    [Fact]
    public void NameThatOnlyResemblesAnOfficeWhoseMailIsNeverOpened_IsForAPerson()
    {
        var town = new Organisation
        {
            City = "Beispielstadt",
            Units =
            [
                new Unit { Id = "PR", Name = "Personalrat", Handling = Handling.Sealed, Tasks = ["Mitbestimmung"] },
                new Unit { Id = "1", Name = "Bürgeramt", Tasks = ["Ausweise"] },
            ],
        };

        Assert.Equal(Outcome.Review, new Decider(town).Decide(SampleCity.Letter("Personalamt\n00001 Beispielstadt")).Outcome);
        Assert.Equal(Outcome.Sealed, new Decider(town).Decide(SampleCity.Letter("Personalrat\n00001 Beispielstadt")).Outcome);
    }

    [Fact]
    public void StreetWhereOnlyOneOfficeIs_SpeaksForIt()
    {
        const string body = "Guten Tag, anbei die Unterlagen.";
        var there = Decider.Decide(SampleCity.Letter("Stadt Beispielstadt\nTurmgasse 3\n00001 Beispielstadt", body: body));
        var anywhere = Decider.Decide(SampleCity.Letter("Stadt Beispielstadt\nMarkt 1\n00001 Beispielstadt", body: body));

        Assert.True(Of(there) > Of(anywhere), $"{Of(there)} {Of(anywhere)}");

        static double Of(Decision decision) => decision.Ranking.FirstOrDefault(r => r.Unit == "63.1")?.Probability ?? 0;
    }

    [Theory]
    [InlineData("Stadt Beispielstadt\nPersonalrat\n00001 Beispielstadt", true)]
    [InlineData("Frau Huber\n– persönlich –\nStadt Beispielstadt", true)]
    [InlineData("Stadt Beispielstadt\nBauamt", false)]
    [InlineData("", false)]
    public void Address_SaysWhatMustStayClosed(string recipient, bool closed) => Assert.Equal(closed, Decider.MustStayClosed(recipient));

    [Theory]
    [InlineData("Wohngeld", "Ich bitte um Wohngeld für meine Wohnung.", "S")]
    [InlineData("Gewerbe abmelden", "Hiermit melde ich mein Gewerbe ab.", "FB1-1")]
    [InlineData("", "Ich lege Einspruch gegen den Bußgeldbescheid ein.", "FB1-2")]
    [InlineData("Bauantrag Carport", "Anbei die Unterlagen zum Bauantrag.", "63.1")]
    public void Content_LeadsToTheOfficeWhoseTaskItIs(string subject, string body, string unit)
    {
        var decision = Decider.Decide(SampleCity.Letter("Stadt Beispielstadt\nMarkt 1\n00001 Beispielstadt", subject, body));

        Assert.Equal(unit, decision.Unit);
        Assert.Contains(decision.Reasons, r => r.Kind == ReasonKind.Concern && r.Spans.Count > 0);
        Assert.Equal("lexical-1", decision.DecidedBy);
    }

    [Theory]
    [InlineData("Stadt Beispielstadt\nGewerbeamt\n00001 Beispielstadt", "FB1-1")]
    [InlineData("Kasse der Stadt Beispielstadt, Leitung\n00001 Beispielstadt", "FB2-1")]
    [InlineData("Stadtverwaltung\nAmt für Bauaufsicht\nTurmgasse 3", "63.1")]
    [InlineData("Jobcenter\n00001 Beispielstadt", "JC")]
    public void OfficeNamedInTheAddress_IsProposedFirst(string recipient, string unit)
    {
        var decision = Decider.Decide(SampleCity.Letter(recipient, body: "Guten Tag, bitte rufen Sie mich an."));

        Assert.Equal(unit, decision.Unit);
        Assert.Contains(decision.Reasons, r => r.Kind == ReasonKind.Address);
    }

    [Theory]
    [InlineData("Stadt Beispielstadt\nPersonalrat\n00001 Beispielstadt", "PR")]
    [InlineData("Stadt Beispielstadt\nVergabestelle – Angebot, nicht öffnen!", "V")]
    [InlineData("Personalamt\n- vertraulich -", "P1")]
    [InlineData("Herrn Müller, Bußgeldstelle\npersönlich", "FB1-2")]
    public void LetterThatMustStayClosed_IsDecidedByItsAddressAlone(string recipient, string unit)
    {
        var empty = Decider.Decide(SampleCity.Letter(recipient));
        var full = Decider.Decide(SampleCity.Letter(
            recipient, "Wohngeld: Frist!", "Ich beantrage Wohngeld bis zum 3. Mai.", "Kassenzeichen 5.1234.123456.1"));

        Assert.Equal((Outcome.Sealed, unit, Restrictions.Sealed), (full.Outcome, full.Unit, full.Restriction));
        Assert.Equal(Urgency.Normal, full.Urgency);
        Assert.Equal(empty.Ranking, full.Ranking);
        Assert.All(full.Reasons.SelectMany(r => r.Spans), s => Assert.Equal(LetterField.Recipient, s.Field));
        Assert.NotEmpty(full.Reasons);
        Assert.InRange(full.Reasons.Sum(r => r.Weight), 0.5, 1.0001);
    }

    [Theory]
    [InlineData("Frau Huber\n– persönlich –\nStadt Beispielstadt", Restrictions.Personal)]
    [InlineData("Stadt Beispielstadt\nPersonalamt", Restrictions.Sealed)]
    public void DoubtAtAClosedLetter_IsAPersonsWithoutALookInside(string recipient, string restriction)
    {
        var decision = Decider.Decide(SampleCity.Letter(recipient, "Wohngeld", "Ich beantrage Wohngeld."));

        Assert.Equal((Outcome.Review, restriction), (decision.Outcome, decision.Restriction));
        Assert.DoesNotContain(decision.Ranking, r => r.Unit == "S");
        Assert.All(decision.Reasons.SelectMany(r => r.Spans), s => Assert.Equal(LetterField.Recipient, s.Field));
    }

    [Fact]
    public void UnnamedOfferThatMustNotBeOpened_IsProposedToTheClosedOfficeWithThatTask()
    {
        var decision = Decider.Decide(SampleCity.Letter("Stadt Beispielstadt\nAngebot zur Ausschreibung 7 – nicht öffnen"));

        Assert.Equal((Outcome.Review, "V"), (decision.Outcome, decision.Unit));
    }

    [Theory]
    [InlineData("", "", "")]
    [InlineData("Stadt Beispielstadt", "", "xyzzy")]
    public void LetterThatSaysNothing_GoesToReviewWithoutOffice(string recipient, string subject, string body)
    {
        var decision = Decider.Decide(SampleCity.Letter(recipient, subject, body));

        Assert.Equal((Outcome.Review, "", 0d), (decision.Outcome, decision.Unit, decision.Probability));
        Assert.Empty(decision.Ranking);
    }

    [Fact]
    public void KindOfReference_SpeaksForTheOfficeWithThatTask()
    {
        var decision = Decider.Decide(SampleCity.Letter(reference: "Kassenzeichen 5.1234.123456.1", body: "Bitte um Rückruf."));

        Assert.Equal("FB2-1", decision.Unit);
        var reason = Assert.Single(decision.Reasons, r => r.Kind == ReasonKind.Reference);
        Assert.Equal(new TextSpan(LetterField.Reference, 0, 29), Assert.Single(reason.Spans));
    }

    [Fact]
    public void OwnReferenceAndAddressTogether_AreDeliveredWithoutAPerson()
    {
        var letter = SampleCity.Letter(
            "Stadt Beispielstadt\nBauaufsicht\nTurmgasse 3\n00001 Beispielstadt", "Bauantrag", "Zum Bauantrag reiche ich Pläne nach.",
            "Ihr Zeichen: 63.1/2026-114");

        var decision = Decider.Decide(letter);

        Assert.Equal((Outcome.Auto, "63.1"), (decision.Outcome, decision.Unit));
        Assert.Equal(Outcome.Review, new Decider(SampleCity.Organisation, new() { AutoThreshold = 1.1 }).Decide(letter).Outcome);
    }

    [Theory]
    [InlineData("Ihr Zeichen: 63.12/7")]
    [InlineData("Ihr Zeichen: 63.1.4/7")]
    [InlineData("Unser Zeichen: 63.1/7")]
    public void NumberOfSomebodyElse_IsNoOwnReference(string reference) => Assert.DoesNotContain(
        Decider.Decide(SampleCity.Letter(reference: reference, body: "Wohngeld")).Reasons, r => r.Kind == ReasonKind.Reference);

    [Fact]
    public void ConfidentialOffice_RestrictsTheLetter() =>
        Assert.Equal(Restrictions.Confidential, Decider.Decide(SampleCity.Letter(subject: "Wohngeld", body: "Wohngeld")).Restriction);

    [Theory]
    [InlineData("Meine Nachbarin schlägt ihr Kind, das Kindeswohl ist in Gefahr.", Urgency.Immediate)]
    [InlineData("Ich lege WIDERSPRUCH ein.", Urgency.High)]
    [InlineData("Bitte antworten Sie bis spätestens Montag.", Urgency.High)]
    [InlineData("Vielen Dank für die schöne Feier.", Urgency.Normal)]
    public void TriggerWords_RaiseTheUrgency(string body, Urgency urgency) =>
        Assert.Equal(urgency, Decider.Decide(SampleCity.Letter(body: body)).Urgency);

    [Fact]
    public void AnyLetter_GetsADecisionWhoseSpansAndProbabilitiesHold() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<string[]>(), texts =>
        {
            string Text(int i) => (texts is { Length: > 0 } ? texts[i % texts.Length] : null) ?? "";
            var words = "Bauantrag Wohngeld Ihr Zeichen 63.1 Kassenzeichen 5.1234.123456.1 ";
            var letter = SampleCity.Letter("Bauaufsicht\n" + Text(0), words + Text(1), Text(2) + words, Text(3) + words);
            var decision = Decider.Decide(letter);

            Assert.True(decision.Ranking.Sum(r => r.Probability) <= 1 && decision.Ranking.Count <= 5);
            Assert.Equal(decision.Ranking.OrderByDescending(r => r.Probability), decision.Ranking);
            Assert.All(decision.Reasons.SelectMany(r => r.Spans), s =>
                Assert.True(s.Start >= 0 && s.Length > 0 && s.Start + s.Length <= letter[s.Field].Length));
        }));

    [Fact]
    public void LetterFullOfReferences_KeepsItsProbabilitiesFinite()
    {
        var body = string.Join('\n', Enumerable.Repeat("Ihr Zeichen: 63.1/2026-114, Kassenzeichen 5.1234.123456.1", 2000));

        var decision = Decider.Decide(SampleCity.Letter("Bauaufsicht", "Bauantrag", body, body));

        Assert.True(double.IsFinite(decision.Probability) && decision.Ranking.Sum(r => r.Probability) <= 1);
        Assert.InRange(decision.Reasons.Count, 1, 10);
    }

    [Fact]
    public void ManyThreads_DecideTheSame()
    {
        var letter = SampleCity.Letter("Gewerbeamt", "Gewerbeabmeldung", "Ich melde mein Gewerbe ab.");
        var alone = Decider.Decide(letter) with { Milliseconds = 0 };

        var together = Enumerable.Range(0, 64).AsParallel().Select(_ => Decider.Decide(letter)).ToList();

        Assert.All(together, d => Assert.Equal(alone.Ranking, d.Ranking));
    }

    [Fact]
    public void OrganisationOfExternalAuthoritiesAlone_WorksToo()
    {
        var decider = new Decider(SampleCity.Organisation with { City = "", Units = [] });

        Assert.Equal("JC", decider.Decide(SampleCity.Letter(body: "Bürgergeld")).Unit);
    }
}
