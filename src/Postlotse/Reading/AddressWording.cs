using System.Text.RegularExpressions;
using static Postlotse.Reading.Patterns;

namespace Postlotse.Reading;

/// <summary>How addresses and letterheads are worded.</summary>
internal static class AddressWording
{
    /// <summary>A line that begins with postal code and town, of Germany or a neighbour.</summary>
    public static readonly Regex Town = Pattern(
        "^" + AnyOf(@"((D|DE|F|I|CZ|PL)[-–\s])?[0-9OIl]{5},?\s+\p{Lu}", @"(A|CH|L|B|NL)?[-–\s]?[0-9]{4}\s\p{Lu}\p{Ll}"));

    public static readonly Regex TownInside = Pattern(@"\b[0-9]{5}\s+\p{Lu}\p{L}+");

    public static readonly Regex Street = Pattern(AnyOf(
        @"(stra(ß|ss|B)e|str\.|weg|gasse|platz|allee|ring|ufer|damm|hof|steige|halde|graben|markt)\.?,?\s[0-9]+\s?[a-z]?\b",
        @"(berg|pfad|gässle|wall|chaussee|anger|rain)\.?,?\s[0-9]+\s?[a-z]?\b",
        @"^(Am|An|Im|In|Auf|Zum|Zur|Unter|Ober|Bei)\s.*\s[0-9]+\s?[a-z]?$",
        @"Postfach\s[0-9]",
        @"^[0-9]+,?\s(rue|avenue|route)",
        @"\p{Ll}\s[0-9]{1,3}\s?[a-z]?$"));

    /// <summary>How a line begins that names whom a letter to an administration is for.</summary>
    public static readonly Regex Addressee = Pattern("^" + AnyOf(
        @"An\s(die|den|das|Frau|Herrn)\b", "An$", @"Herrn?\b", @"Frau\b", @"Familie\b", @"Firma\b", @"z\.?\s?H(d|dn)?\.",
        @"Stadt\b", @"Stadtverwaltung", @"Gemeinde(verwaltung)?\b", @"Landratsamt", @"Landkreis", @"Kreisverwaltung", @"Rathaus\b",
        @"Bürgermeister", @"Oberbürgermeister", @"Der\s(Ober)?bürgermeister", @"Magistrat", @"Verwaltungsgemeinschaft", @"Amt\sfür",
        @"Verbandsgemeinde", @"Samtgemeinde", @"Markt\s", @"Stadtwerke", @"\p{L}+amt\b"));

    /// <summary>Notes for the carrier (Vermerkzone): no part of the address.</summary>
    public static readonly Regex PostalService = Pattern("^" + AnyOf(
        @"(per\s|als\s)?(Einwurf-?\s?|Übergabe-?\s?)?Einschreiben\b.*", "Rückschein", "Einwurf", "Eigenhändig.*",
        @"per\s(Fax|Telefax|E-?Mail|Boten?|beA|Post|EGVP)\b.*", @"vorab\s.*", "Eilt!?", "Eilbrief", "Express", "Infopost",
        @"Nicht\snachsenden.*", @"Wenn\sunzustellbar.*", @"Postzustellung\w*.*", @"Deutsche\sPost.*", @"Port\S*\s(payé|bezahlt).*",
        "Antwort") + "$");

    /// <summary>Who may open and read: routing needs it, so it stays in the address.</summary>
    public static readonly Regex Endorsement = Pattern(AnyOf(
        "persönlich", "vertraulich", @"nicht\s(vor\s.*\s)?öffnen", "verschlossen", @"privat\b", "Personalsache", "Submission", "Geheim",
        "Wahlbrief", "Arztsache"));

    public static readonly Regex Contact = Pattern(AnyOf(
        @"\bTel\b", "Telefon", "Telefax", @"\bFax\b", "Mobil", "Handy", "@", @"www\.", @"\.example\b", @"\.de\b", "E-?Mail",
        @"\b0[0-9]{2,5}\s?[/\-–]\s?[0-9]{2}"));

    /// <summary>Words that only offices, firms and associations have in their letterheads.</summary>
    public static readonly Regex Business = Pattern(@"\b" + AnyOf(
        "GmbH", "mbH", "AG", "KG", "OHG", "GbR", @"e\.\s?K\.", @"e\.\s?V\.", "eG", "UG", "SE", "Stiftung", "Verein", "Verband",
        @"\p{L}*gericht", "Staatsanwaltschaft", @"Notar\w*", @"Rechtsanw\w+", "Kanzlei", @"Steuerberat\w+", @"\p{L}*versicherung\w*",
        @"\p{L}*kasse", "Ministerium", "Regierungspräsidium", @"\p{L}+amt", "Behörde", "Agentur", "Schule", @"\p{L}+schule",
        @"Klinik\w*", "Krankenhaus", "Praxis", "Bank", "Stadt", "Gemeinde", "Kreis") + @"\b");
}
