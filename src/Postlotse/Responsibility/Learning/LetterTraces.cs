using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Postlotse.Language;
using Postlotse.Letters;

namespace Postlotse.Responsibility.Learning;

/// <summary>Something by which a letter is recognised as belonging to earlier ones.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Hash">Keyed hash of it; see <see cref="LetterTraces"/>.</param>
/// <param name="Span">Where it stands.</param>
internal sealed record LetterTrace(TraceKind Kind, ulong Hash, TextSpan Span)
{
    /// <summary>What is kept of it.</summary>
    public (ulong Hash, TraceKind Kind) Kept => (Hash, Kind);
}

/// <summary>What ties letters together; kept as numbers, and the names are part of the hashes.</summary>
internal enum TraceKind
{
    /// <summary>Number of a case, a notice or a single thing.</summary>
    Reference = 0,

    /// <summary>Name and place of the sender.</summary>
    Sender = 1,

    /// <summary>Number of a form, or the beginning of a barcode: letters of one kind.</summary>
    Series = 2,

    /// <summary>Person of the city to whom the letter is addressed, or who is greeted in it.</summary>
    Person = 3,
}

/// <summary>
/// Finds what ties a letter to earlier ones: reference numbers (Aktenzeichen, Kassenzeichen, number of a notice), whoever gave them,
/// forms by their number, barcodes, the sender by name and place, and the person of the city who is addressed. Only keyed hashes
/// (HMAC-SHA-256, 64 bits) of them are kept.
/// </summary>
internal static partial class LetterTraces
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyBytes = 32;

    /// <summary>Traces that are kept of a letter.</summary>
    public const int Most = 12;

    /// <summary>Shorter numbers are anybody's.</summary>
    private const int FewestDigits = 5;

    /// <summary>Letters and digits of a form's number.</summary>
    private const int FewestOfForm = 3;

    private const int LongestText = 30_000;

    private static readonly string[] NoNameParts =
        ["herr", "herrn", "frau", "familie", "fam", "eheleute", "firma", "fa", "dr", "prof", "dipl", "ing", "med", "absender", "und", "u"];

    /// <summary>A new key.</summary>
    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeyBytes);

    /// <summary>The traces of a letter, each once, the people first.</summary>
    public static IReadOnlyList<LetterTrace> Of(LetterContent letter, byte[] key)
    {
        var traces = new List<LetterTrace>();
        if (Sender(letter.Sender) is var (text, span)) Add(TraceKind.Sender, text, span);
        foreach (var (name, at) in Addressed(letter)) Add(TraceKind.Person, name, at);
        foreach (var (plain, at) in Forms(letter.Form).Concat(Barcodes(letter.Barcodes))) Add(TraceKind.Series, plain, at);
        foreach (Match match in Code().Matches(letter.Barcodes)) AddNumber(LetterField.Barcodes, match.Groups["content"]);
        foreach (Match match in Number().Matches(Cut(letter.Reference))) AddNumber(LetterField.Reference, match);
        foreach (var field in (LetterField[])[LetterField.Subject, LetterField.Body])
            foreach (Match match in Labelled().Matches(Cut(letter[field])))
                if (!NoReference().IsMatch(match.Groups["label"].Value)) AddNumber(field, match.Groups["number"]);
        return traces;

        void AddNumber(LetterField field, Capture number)
        {
            if (number.Value.Count(char.IsAsciiDigit) < FewestDigits || Date().IsMatch(number.Value)) return;
            Add(TraceKind.Reference, Plain(number.Value), new(field, number.Index, number.Length));
        }

        void Add(TraceKind kind, string plain, TextSpan at)
        {
            var hash = Hash(key, kind, plain);
            if (traces.Count < Most && !traces.Exists(t => t.Hash == hash)) traces.Add(new(kind, hash, at));
        }
    }

    /// <summary>Words of the first line in any order, with post code and town; null unless both are there.</summary>
    private static (string Text, TextSpan Span)? Sender(string sender)
    {
        var name = Line().Match(sender);
        var town = Town().Match(sender);
        if (!name.Success || !town.Success || town.Index <= name.Index) return null;
        var words = GermanText.Tokens(name.Value).Select(t => t.Text).Where(w => !NoNameParts.Contains(w, StringComparer.Ordinal)).ToList();
        if (words.Count < 2) return null;
        var place = GermanText.Tokens(town.Value).Select(t => t.Text).Take(2);
        return (string.Join(' ', words.Order(StringComparer.Ordinal).Concat(place)), new(LetterField.Sender, name.Index, name.Length));
    }

    /// <summary>"z. Hd. Herrn Tjarks", "Sehr geehrte Frau Tjarks,": the last word of the line, with titles before it.</summary>
    private static IEnumerable<(string Name, TextSpan At)> Addressed(LetterContent letter)
    {
        foreach (var field in (LetterField[])[LetterField.Recipient, LetterField.Body])
        {
            var text = Cut(letter[field]);
            foreach (Match match in (field == LetterField.Body ? Greeted() : AddressedLine()).Matches(text))
                yield return (GermanText.Fold(match.Groups["name"].Value),
                    new(field, match.Groups["name"].Index, match.Groups["name"].Length));
        }
    }

    private static IEnumerable<(string Plain, TextSpan At)> Forms(string forms) => FormNumber().Matches(forms)
        .Select(m => m.Groups["number"]).Select(n => (Plain: Plain(n.Value), new TextSpan(LetterField.Form, n.Index, n.Length)))
        .Where(f => f.Plain.Length >= FewestOfForm).Select(f => ("form " + f.Plain, f.Item2));

    /// <summary>By the beginning of what a barcode says; payment codes are on bills to anybody.</summary>
    private static IEnumerable<(string Plain, TextSpan At)> Barcodes(string barcodes)
    {
        foreach (Match match in Code().Matches(barcodes))
        {
            var content = match.Groups["content"];
            if (content.Value.StartsWith("BCD ", StringComparison.Ordinal)) continue;
            if (Beginning().Match(content.Value) is { Success: true } begin)
                yield return ($"{match.Groups["kind"].Value} {begin.Groups["begin"].Value.ToUpperInvariant()}",
                    new(LetterField.Barcodes, content.Index, content.Length));
        }
    }

    private static ulong Hash(byte[] key, TraceKind kind, string plain) =>
        BinaryPrimitives.ReadUInt64LittleEndian(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{kind}:{plain}")));

    private static string Plain(string number) => string.Concat(number.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static string Cut(string text) => text.Length > LongestText ? text[..LongestText] : text;

    private const RegexOptions Options = RegexOptions.CultureInvariant;

    /// <summary>Words with digits, and short capitals before or between them: "6 K 1893/25", "AB 25-03391", "5.0871.334412.7".</summary>
    private const string NumberShape =
        @"(?:\p{Lu}{1,4} )?[\p{L}./-]{0,8}\d[\p{L}\d./-]{0,40}(?: (?:\p{Lu}{1,4} )?[\p{L}./-]{0,8}\d[\p{L}\d./-]{0,40}){0,5}";

    [GeneratedRegex(@"\b" + NumberShape, Options, 1000)]
    private static partial Regex Number();

    [GeneratedRegex(
        @"\b(?<label>[\p{L}-]{0,40}(?:[Zz]eichen|[Nn]ummer|\bAz|-?Nr)\b\.?)[ :]{0,3}(?:Nr\.? ?)?(?<number>"
        + NumberShape + ")", Options, 1000)]
    private static partial Regex Labelled();

    [GeneratedRegex("^(?:Tele|Fax|Handy|Mobil|Haus|Konto|Post|Zimmer|Raum)", Options | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex NoReference();

    [GeneratedRegex(@"^\d{1,2}\.\d{1,2}\.\d{2,4}\.?$|^\d{4}-\d{2}-\d{2}$", Options, 1000)]
    private static partial Regex Date();

    [GeneratedRegex(
        @"^(?:(?:Formular|Vordruck|Formblatt|Form\.|Vordr\.|FB)(?:\s?-?\s?(?:Nr\.?|Nummer))?[ :]{1,3})?" +
        @"(?<number>(?:\p{Lu}{1,5}[-. ]?)?\d[\w./-]*)", Options | RegexOptions.Multiline, 1000)]
    private static partial Regex FormNumber();

    [GeneratedRegex(@"^(?<kind>\w+) (?<content>[^\n]+)", Options | RegexOptions.Multiline, 1000)]
    private static partial Regex Code();

    /// <summary>Up to the first separator; letters before digits; of a long number its first digits; of an address host and folder.
    /// </summary>
    [GeneratedRegex(
        @"^(?:(?<begin>https?://[^/?#\s]+(?:/[^/?#\s]+)?)|(?<begin>[\p{L}\d]{2,12})[-./:_ ]|(?<begin>\p{L}{2,6})\d|(?<begin>\d{4})\d{6})",
        Options, 1000)]
    private static partial Regex Beginning();

    /// <summary>What may stand between "Frau" and a name: titles, offices and particles.</summary>
    private const string Titles = @"(?: (?:Dr|Prof|Dipl|Ing|med|jur|rer|nat)\.?(?:-\p{L}{2,6}\.)?| von| vom| van| de| zu| zur"
        + @"| \p{Lu}\p{L}{2,40}(?:(?:leiter|meister|inspektor|sekretär)(?:in)?|rat|rätin|amtmann|amtfrau)){0,4}";

    /// <summary>Titles, offices and groups: no name of a person.</summary>
    private const string NoName = @"(?!\p{L}*(?:[Mm]eister|[Rr]at|[Rr]ätin|[Ll]eiter|[Dd]irektor|[Dd]ezernent|[Bb]eauftragte|[Aa]mt"
        + @"|[Bb]earbeiter|[Vv]orsitzende)(?:in|[nr])?\b"
        + @"|(?:Team|Kolleg(?:e|in|en|innen)|Doktor|Professor|Rektor(?:in)?|Bildung|Familie|Kita|Schule)\b)";

    [GeneratedRegex(
        @"\b(?:Frau|Herrn?)" + Titles + " " + NoName + @"(?<name>\p{Lu}[\p{L}-]{2,40})[ ,]{0,4}\r?$",
        Options | RegexOptions.Multiline, 1000)]
    private static partial Regex AddressedLine();

    /// <summary>The greeting of the first line, as far as its comma.</summary>
    [GeneratedRegex(
        @"\A\s{0,20}(?:Sehr |Hoch)?(?:[Gg]eehrte|[Vv]erehrte|[Ll]iebe|[Ww]erte|Hallo|Guten \p{L}{2,10}|Moin|Grüß Gott)[rs]?,? "
        + "(?:Frau|Herrn?)" + Titles + " " + NoName + @"(?<name>\p{Lu}[\p{L}-]{2,40}) ?[,!\r\n]", Options, 1000)]
    private static partial Regex Greeted();

    [GeneratedRegex(@"\p{L}[^\r\n]*", Options, 1000)]
    private static partial Regex Line();

    [GeneratedRegex(@"\b\d{5} [^\r\n]+", Options, 1000)]
    private static partial Regex Town();
}
