using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tidy.Rules;

/// <summary>docs/GLOSSARY.md and the code agree: each code name in it exists, each German term in the code is explained.</summary>
internal static partial class Glossary
{
    /// <summary>Terms of law and records that stay German where they become names; none other may.</summary>
    private static readonly string[] GermanTerms =
    [
        "Postkorb", "Aktenzeichen", "Kassenzeichen", "Akte", "Vorgang", "Aktenplan", "Zustellung", "Wiedervorlage", "Mitzeichnung",
        "Geschaeftszeichen", "Registratur", "Schriftgut", "Transfervermerk", "Widerspruch", "Bescheid", "Verfuegung",
    ];

    /// <summary>German words that have one plain English word: names use that.</summary>
    private static readonly string[] Translated =
    [
        "Brief", "Amt", "Eingang", "Frist", "Absender", "Empfaenger", "Betreff", "Anlage", "Anlagen", "Seite", "Seiten", "Dokument",
        "Zustaendigkeit", "Zugang", "Klaerung", "Poststelle", "Beleg", "Nachweis", "Sachbearbeiter", "Sendung", "Umschlag", "Irrlaeufer",
    ];

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Code { get; }

    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+(?![a-z])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Part { get; }

    /// <summary>Rows of the table: German term and its code names.</summary>
    public static IEnumerable<(string Term, IReadOnlyList<string> Names)> Rows(string markdown) => markdown.Split('\n')
        .Where(l => l.StartsWith("| ", StringComparison.Ordinal) && !l.StartsWith("| German", StringComparison.Ordinal))
        .Select(l => l.Split('|', StringSplitOptions.TrimEntries)).Where(c => c.Length >= 6)
        .Select(c => (c[1], (IReadOnlyList<string>)[.. Code.Matches(c[2]).Select(m => m.Groups["name"].Value)]));

    public static IEnumerable<string> IncompleteRows(string markdown) => markdown.Split('\n')
        .Where(l => l.StartsWith('|') && (l.Split('|') is not { Length: 6 } cells || cells[1..5].Any(string.IsNullOrWhiteSpace)))
        .Select(l => "not four filled columns: " + l);

    public static IEnumerable<string> UnknownNames(string markdown, IReadOnlySet<string> declared) =>
        from row in Rows(markdown)
        from name in row.Names
        where !name.Split('.').All(declared.Contains)
        select $"{row.Term}: `{name}` is no name in src";

    public static IEnumerable<string> UnexplainedTerms(string markdown, IReadOnlySet<string> declared)
    {
        var explained = Rows(markdown).SelectMany(r => r.Names).SelectMany(Parts).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. from name in declared
               from term in Parts(name).Intersect(GermanTerms)
               where !explained.Contains(term)
               select $"{name}: the glossary does not explain {term}",
            .. from name in declared
               from term in Parts(name).Intersect(Translated)
               select $"{name}: {term} has an English name",
        ];
    }

    /// <summary>Names of types, members, enum values and parameters.</summary>
    public static HashSet<string> DeclaredIn(IEnumerable<SyntaxTree> trees) => trees
        .SelectMany(t => t.GetRoot().DescendantNodes()).Select(n => n switch
        {
            BaseTypeDeclarationSyntax type => type.Identifier.Text,
            DelegateDeclarationSyntax type => type.Identifier.Text,
            MethodDeclarationSyntax method => method.Identifier.Text,
            PropertyDeclarationSyntax property => property.Identifier.Text,
            EnumMemberDeclarationSyntax value => value.Identifier.Text,
            VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } field => field.Identifier.Text,
            ParameterSyntax parameter => parameter.Identifier.Text,
            _ => "",
        }).Where(n => n.Length > 0).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> Parts(string name) =>
        Part.Matches(name).Select(m => char.ToUpperInvariant(m.Value[0]) + m.Value[1..]);
}
