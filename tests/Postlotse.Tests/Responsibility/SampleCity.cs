using Postlotse.Letters;

namespace Postlotse.Tests.Responsibility;

/// <summary>A small city whose structure and ids are like no real one's.</summary>
internal static class SampleCity
{
    public static readonly Organisation Organisation = new()
    {
        City = "Beispielstadt",
        Units =
        [
            new Unit { Id = "FB1", Name = "Fachbereich Ordnung" },
            new Unit { Id = "FB1-1", Name = "Gewerbe und Gaststätten", Parent = "FB1", Tasks = ["Gewerbeanmeldung und Gewerbeabmeldung", "Schankerlaubnis"] },
            new Unit { Id = "FB1-2", Name = "Bußgeldstelle", Parent = "FB1", Tasks = ["Bußgeldbescheide", "Einspruch gegen Verwarnungen"] },
            new Unit { Id = "FB2", Name = "Fachbereich Finanzen", Parent = null },
            new Unit { Id = "FB2-1", Name = "Stadtkasse", Parent = "FB2", Tasks = ["Mahnung und Vollstreckung", "Zahlungen, Kassenzeichen"] },
            new Unit { Id = "63.1", Name = "Bauaufsicht", Tasks = ["Bauanträge und Baugenehmigung"], Address = new("Turmgasse 3", "00001", "Beispielstadt") },
            new Unit { Id = "S", Name = "Sozialamt", Tasks = ["Wohngeld", "Grundsicherung"], Handling = Handling.Confidential },
            new Unit { Id = "P1", Name = "Personalamt – Bezüge", Tasks = ["Besoldung und Beihilfe"], Handling = Handling.Sealed },
            new Unit { Id = "P2", Name = "Personalamt – Stellen", Tasks = ["Stellenausschreibung"] },
            new Unit { Id = "PR", Name = "Personalrat", Tasks = ["Mitbestimmung"], Handling = Handling.Sealed },
            new Unit { Id = "V", Name = "Zentrale Vergabestelle", Tasks = ["Angebote zu Ausschreibungen"], Handling = Handling.Sealed },
        ],
        ExternalAuthorities =
        [
            new ExternalAuthority { Id = "JC", Name = "Jobcenter Beispielstadt", Tasks = ["Bürgergeld nach dem SGB II"] },
        ],
    };

    public static LetterContent Letter(string recipient = "", string subject = "", string body = "", string reference = "") =>
        new() { Id = "l", Recipient = recipient, Subject = subject, Body = body, Reference = reference };
}
