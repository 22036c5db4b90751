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
            Office("FB1-1", "Gewerbe und Gaststätten", "Gewerbeanmeldung und Gewerbeabmeldung", "Schankerlaubnis") with { Parent = "FB1" },
            Office("FB1-2", "Bußgeldstelle", "Bußgeldbescheide", "Einspruch gegen Verwarnungen") with { Parent = "FB1" },
            new Unit { Id = "FB2", Name = "Fachbereich Finanzen" },
            Office("FB2-1", "Stadtkasse", "Mahnung und Vollstreckung", "Zahlungen, Kassenzeichen") with { Parent = "FB2" },
            Office("63.1", "Bauaufsicht", "Bauanträge und Baugenehmigung") with { Address = new("Turmgasse 3", "00001", "Beispielstadt") },
            Office("S", "Sozialamt", "Wohngeld", "Grundsicherung") with { Handling = Handling.Confidential },
            Office("P1", "Personalamt – Bezüge", "Besoldung und Beihilfe") with { Handling = Handling.Sealed },
            Office("P2", "Personalamt – Stellen", "Stellenausschreibung"),
            Office("PR", "Personalrat", "Mitbestimmung") with { Handling = Handling.Sealed },
            Office("V", "Zentrale Vergabestelle", "Angebote zu Ausschreibungen") with { Handling = Handling.Sealed, Parent = "FB2" },
        ],
        ExternalAuthorities =
        [
            new ExternalAuthority { Id = "JC", Name = "Jobcenter Beispielstadt", Tasks = ["Bürgergeld nach dem SGB II"] },
        ],
    };

    private static Unit Office(string id, string name, params string[] tasks) => new() { Id = id, Name = name, Tasks = tasks };

    public static LetterContent Letter(string recipient = "", string subject = "", string body = "", string reference = "") =>
        new() { Id = "l", Recipient = recipient, Subject = subject, Body = body, Reference = reference };
}
