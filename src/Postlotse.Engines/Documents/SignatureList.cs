using System.Globalization;
using System.Text.RegularExpressions;
using Postlotse.Letters;

namespace Postlotse.Engines.Documents;

/// <summary>
/// Reads what pdfsig says of a PDF's signatures. Names in it are the signers' own and may contain lines that look like pdfsig's:
/// a signature that says one thing twice is not believed.
/// </summary>
internal static partial class SignatureList
{
    private const int MostSignatures = 100, LongestName = 200;

    public static IReadOnlyList<DigitalSignature> Parse(string output) =>
        [.. Start().Split(output).Skip(1).Take(MostSignatures).Select(Signature)];

    private static DigitalSignature Signature(string block)
    {
        var facts = Fact().Matches(block).GroupBy(m => m.Groups["name"].Value, StringComparer.Ordinal).ToList();
        var (whole, part) = (CoversAll().Count(block), CoversPart().Count(block));
        var sound = facts.All(f => f.Count() == 1) && whole + part <= 1;
        var known = facts.ToDictionary(f => f.Key, f => f.First().Groups["value"].Value.Trim(), StringComparer.Ordinal);
        var name = known.GetValueOrDefault("Signer Certificate Common Name", "");
        return new(
            sound ? Status(known.GetValueOrDefault("Signature Validation")) : SignatureStatus.Unchecked,
            sound ? Trust(known.GetValueOrDefault("Certificate Validation")) : SignatureTrust.Unknown,
            sound && name.Length > 0 ? Plain(name) : null, Time(known.GetValueOrDefault("Signing Time")), sound && whole == 1);
    }

    private static SignatureStatus Status(string? text) => text switch
    {
        "Signature is Valid." => SignatureStatus.Valid,
        "Digest Mismatch." or "Signature is Invalid." => SignatureStatus.Broken,
        _ => SignatureStatus.Unchecked,
    };

    private static SignatureTrust Trust(string? text) => text switch
    {
        "Certificate is Trusted." => SignatureTrust.Trusted,
        "Certificate has Expired" or "Certificate has Expired." or "Certificate has been Revoked." => SignatureTrust.Lapsed,
        _ => SignatureTrust.Unknown,
    };

    private static string Plain(string name) =>
        new([.. name.Take(LongestName).Where(c => !char.IsControl(c) && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.Format)]);

    private static DateTimeOffset? Time(string? text) => DateTimeOffset.TryParseExact(
        text, "MMM dd yyyy HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time.Year > 1990
        ? time : null;

    [GeneratedRegex(@"^Signature #\d+:\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Start();

    [GeneratedRegex(@"^  - (?<name>[A-Z][A-Za-z ]+): (?<value>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fact();

    [GeneratedRegex("^  - Total document signed$", RegexOptions.Multiline, 1000)]
    private static partial Regex CoversAll();

    [GeneratedRegex("^  - Not total document signed$", RegexOptions.Multiline, 1000)]
    private static partial Regex CoversPart();
}
