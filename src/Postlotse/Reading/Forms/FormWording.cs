using System.Text.RegularExpressions;
using static Postlotse.Reading.Patterns;

namespace Postlotse.Reading.Forms;

/// <summary>Words and numbers by which a form is recognised.</summary>
internal static class FormWording
{
    private const string Number = @"[A-ZÄÖÜ]{0,5}[-. ]?[0-9]{1,5}([-./][A-Z0-9]{1,6}| [0-9]{1,4}){0,4}";

    /// <summary>A kind of form, also as the end of a compound.</summary>
    public static readonly Regex Kind = Pattern(@"\b\w*" + AnyOf(
        "antrag", "anträge", "formular", "vordruck", "formblatt", "fragebogen", "meldebogen", "erfassungsbogen", "anmeldung", "abmeldung",
        "ummeldung", "erklärung", "anzeige", "verwendungsnachweis", "bescheinigung", "vollmacht", "mitteilung", "einwilligung") + @"\b");

    /// <summary>A number with its label, or the name of the tax offices' forms.</summary>
    public static readonly Regex Labelled = Pattern(AnyOf(
        @"\b(Formular|Vordruck|Formblatt|Form\.|Vordr\.|FB)(\s?-?\s?(Nr\.?|Nummer))?[\s:]{1,3}" + Number + @"\b", @"\bELSTER\b"));

    /// <summary>
    /// The same without a label, as printers set it at the foot: "50-012 (01.24)", "312/04 – Stand 3/2025". The edition tells it from
    /// telephone and page numbers.
    /// </summary>
    public static readonly Regex Footer = Pattern(
        @"^[A-ZÄÖÜ]{0,5}[-. ]?[0-9]{2,5}[-./][0-9]{2,5}[a-z]?\s?[-–,(]?\s?" +
        @"(Stand|Ausgabe|Version|Fassung)?:?\s?\(?[0-9]{1,2}[./][0-9]{2,4}\)?$");
}
