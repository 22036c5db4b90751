using System.Text.RegularExpressions;
using static Postlotse.Reading.Patterns;

namespace Postlotse.Reading;

/// <summary>Labels of references and of the other lines of information blocks.</summary>
internal static class ReferenceWording
{
    private static readonly string Ours = AnyOf(
        @"Ihre?\s?(Zeichen|Zchn\.?|Az\.?|Akten\w+|Geschäfts\w+|Kassen\w+|Buchungs\w+|Nummer|Referenz|Ref\.)", @"Your\sref\w*\.?",
        @"Kassen-?\s?(zeichen|z\.|zchn\.|nr\.|nummer)", @"Buchungs-?\s?(zeichen|z\.|nr\.|nummer)", @"BuZ\.?");

    private static readonly string Theirs = AnyOf(
        @"(Unser|Mein)e?\s?(Zeichen|Az\.?|Akten\w+|Geschäfts\w+|Nummer|Referenz)\.?", @"u\.?\s?Z\.", @"Our\sref\w*\.?",
            @"Notre\sréf\w*\.?");

    private static readonly string OurMessage = AnyOf(
        @"Ihre?\s(Schreiben|Bescheid|Nachricht|Brief|Anfrage|Mahnung|Rechnung|Mail|E-Mail|Anhörung)\s?(vom|v\.)",
        @"(Bescheid|Schreiben|Mahnung)\s(vom|v\.)");

    private const string TheirMessage = @"(Unser|Mein)e?\s(Schreiben|Nachricht|Brief|Anfrage|Rechnung|Mail|E-Mail)\s?(vom|v\.)";

    private static readonly string NamedNumber = AnyOf(
        "Kunden", "Vertrags", "Versicherungs?", "Schadens?", "Rechnungs", "Beleg", "Steuer", "Beitrags", "Mitglieds", "Personal", "Objekt",
        "Benutzer", "Ausweis", "Vormerk", "Konto", "Behälter", "Bestell", "Auftrags", "Lieferschein", "Zähler", "Melde", "Ticket",
        "Vorgangs", "Verfahrens", "Geschäfts", "Akten", "Referenz", "Register", "Antrags", "Bescheid", "Debitoren", "Policen?", "Abo",
        "Abonnement", "Bearbeitungs", "Mandats", "Fall", "BG", "Kd", "Vers", "UR", "UVZ", "Rg", "Re", "Inv", "Flur", "Projekt", "Kenn",
        "Ordnungs", "Tgb", "Id") + @"\.?[-\s]?";

    private static readonly string Open = AnyOf(
        NamedNumber + @"(nummer|nr\.?|no\.?|zeichen|ziffer|zahl|ID)", @"Az\.?", @"A\.Z\.", @"Gz\.?", @"Gesch\.?-?\s?Z\.?", @"Aktz\.?",
        "Zeichen", "Debitor", "Kennziffer", "Vorgang", "Verbrauchsstelle", "Vertragskonto", "Projekt", "UVZ", "Rechnung", "Beleg",
        "Betriebsnummer", "Flurstück", "Referenz", "Reference", @"Ref\.?", @"Nr\.", "Verträge?");

    private static readonly string AnyLabel = AnyOf(Ours, Theirs, OurMessage, TheirMessage, Open);

    /// <summary>A line that begins with a reference's label.</summary>
    public static readonly Regex Label = Pattern($@"^{AnyLabel}(\s|:|$)");

    /// <summary>The same with a label that no subject begins with.</summary>
    public static readonly Regex StrongLabel = Pattern("^" + AnyOf(
        Ours, Theirs, @"(Ihr|Unser)e?\s(Schreiben|Bescheid|Nachricht)\s?(vom|v\.)", NamedNumber + @"(nummer|nr\.?|zeichen)", @"Az\.?",
        @"A\.Z\.", @"Gz\.?") + @"(\s|:|$)");

    /// <summary>A line of nothing but labels: the values stand beside or below.</summary>
    public static readonly Regex LabelOnly = Pattern($@"^({AnyOf(AnyLabel, @"(Ihre|Unsere)\sNachricht")}(\svom)?[\s,:/]*){{1,8}}$");

    /// <summary>Each label within a line, in the group of its owner.</summary>
    public static readonly Regex Labels = Pattern(
        $@"(^|[\s,;/(])((?<ours>{Ours}|{OurMessage})|(?<theirs>{Theirs}|{TheirMessage})|(?<open>{Open}))(\s*:|\s|$)");

    /// <summary>A number of ours inside running text.</summary>
    public static readonly Regex OurNumber = Pattern(
        $@"\b{AnyOf(Ours, "Aktenzeichen", @"Az\.")}\s*:?\s*(?<value>[\p{{L}}0-9]*[0-9][\p{{L}}0-9./\-]*)");

    /// <summary>Labels of information blocks that are no reference.</summary>
    public static readonly Regex OtherLabel = Pattern("^" + AnyOf(
        @"Tel\w*", "Fon", "Phone", "Fax", "Telefax", @"Mobil\w*", "Handy", "E-?Mail", "Mail", "Internet", "Web", "Name",
            @"Bearbeite[rt]\w*",
        @"Sachbearbeite\w+", @"Auskunft\w*", @"Ansprechpartner\w*", "Durchwahl", "Zimmer", "Datum", "Seite", "Sprechzeiten",
        "Öffnungszeiten", "Bankverbindung", "IBAN", "BIC", "www", @"USt\S*", @"St\.?-?Nr\.?", "HRB", "HRA", @"Registergericht",
        @"Geschäftsführ\w+") + @"\b");

    public static readonly Regex DateLabel = Pattern(@"^((Rechnungs|Brief|Ausstellungs|Bescheid)?datum|Date|Data|Tag)\s?:?$");

    /// <summary>What may stand before a letter's date on its line: label, place, weekday.</summary>
    public static readonly Regex BeforeDate = Pattern(
        @"^(((Rechnungs|Brief|Ausstellungs|Bescheid)?datum|Date)\s?:?\s?)?(\p{Lu}[\p{L}\-/]*\s|"
        + @"(\p{Lu}[\p{L}.\-/]*)(\s(\p{L}[\p{L}.\-/()]*)){0,3}(\s?[,.]|\sden)\s?)?"
        + @"((den|am|im|le|the|Do|Mo|Di|Mi|Fr|Sa|So)\.?,?\s?)?$");
}
