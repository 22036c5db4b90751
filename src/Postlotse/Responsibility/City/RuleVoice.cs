using System.Text.RegularExpressions;
using Postlotse.Letters;

namespace Postlotse.Responsibility.City;

/// <summary>A rule that a letter meets, and where it shows.</summary>
internal sealed record MetRule(CityRule Rule, IReadOnlyList<TextSpan> Spans);

/// <summary>The voice of the organiser's rules (Regeln). Thread-safe; linear in the letter's length.</summary>
internal sealed class RuleVoice
{
    /// <summary>Longest word, sender or shape of a rule, characters.</summary>
    public const int MostCharacters = 200;

    private const RegexOptions Options =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private static readonly LetterField[] Text = [LetterField.Subject, LetterField.Body];
    private static readonly LetterField[] Numbers = [LetterField.Reference, LetterField.Subject, LetterField.Body];

    private readonly (CityRule Rule, (Regex Shape, LetterField[] Fields)[] Conditions)[] _rules;

    public RuleVoice(CityPlan plan) => _rules = [.. plan.Rules.Where(r => !r.StatesNothing).Select(r => (r, Conditions(r).ToArray()))];

    /// <summary>The rules a letter meets, in the order of the plan.</summary>
    public IReadOnlyList<MetRule> Hear(LetterContent letter, DateOnly? day)
    {
        if (_rules.Length == 0) return [];
        var met = new List<MetRule>();
        foreach (var (rule, conditions) in _rules)
            if (rule.HoldsOn(day) && Find(letter, conditions) is { } spans) met.Add(new(rule, spans));
        return met;
    }

    private static List<TextSpan>? Find(LetterContent letter, (Regex Shape, LetterField[] Fields)[] conditions)
    {
        var spans = new List<TextSpan>();
        foreach (var (shape, fields) in conditions)
        {
            var found = fields.Select(f => (Field: f, Match: shape.Match(letter[f]))).FirstOrDefault(f => f.Match.Success);
            if (found.Match is null) return null;
            var shown = found.Match.Groups["content"] is { Success: true } content ? content : found.Match;
            spans.Add(new(found.Field, shown.Index, shown.Length));
        }

        return spans;
    }

    private static IEnumerable<(Regex Shape, LetterField[] Fields)> Conditions(CityRule rule)
    {
        foreach (var word in rule.Words.Where(w => w.Trim().Length > 0)) yield return (Shape(word, letters: @"\w*"), Text);
        if (rule.Sender.Trim().Length > 0) yield return (Shape(rule.Sender, letters: @"\w*"), [LetterField.Sender]);
        if (rule.Reference.Trim().Length > 0) yield return (Shape(rule.Reference, letters: @"[\w./-]*", digit: true), Numbers);
        if (rule.Form.Trim().Length > 0) yield return (Shape(rule.Form, letters: @"[\w./-]*", digit: true), [LetterField.Form]);
        if (rule.Barcode.Trim().Length > 0) yield return (BarcodeShape(rule), [LetterField.Barcodes]);
    }

    /// <summary>A line of <see cref="LetterContent.Barcodes"/> whose content begins so.</summary>
    private static Regex BarcodeShape(CityRule rule)
    {
        var kind = rule.BarcodeKind?.ToString() ?? @"\w+";
        var begins = Pattern(rule.Barcode, letters: @"[^\n]*", digit: true);
        return new($@"^{kind} (?<content>{begins}[^\n]*)", Options | RegexOptions.Multiline);
    }

    /// <summary>Never backtracks, so that no rule and no letter can hold up the work; a space stands for any white space.</summary>
    private static Regex Shape(string written, string letters, bool digit = false)
    {
        var shape = Pattern(written, letters, digit);
        written = written.Trim();
        var (before, after) = (char.IsLetterOrDigit(written[0]) ? @"\b" : "", char.IsLetterOrDigit(written[^1]) ? @"\b" : "");
        return new(before + shape + after, Options);
    }

    private static string Pattern(string written, string letters, bool digit)
    {
        var shape = Regex.Escape(written.Trim())
            .Replace(@"\*", letters, StringComparison.Ordinal).Replace(@"\ ", @"\s+", StringComparison.Ordinal);
        return digit ? shape.Replace(@"\#", @"\d", StringComparison.Ordinal) : shape;
    }
}
