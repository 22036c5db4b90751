using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;
using Postlotse.Letters;
using Xunit;

namespace Postlotse.Tests.Language;

/// <summary>
/// What a letter says is foreign: no pattern may take time quadratic in it. All patterns of the assembly are run over long texts that make
/// a backtracking search repeat itself.
/// </summary>
public sealed class PatternsTests
{
    /// <summary>A pattern quadratic in so long a text runs into the time limit that every pattern has.</summary>
    private const int Characters = 64_000;

    private static readonly string[] Atoms =
    [
        " ", "\n", "\t ", "a", "A", "ß", "1", "0.", "1 ", "a ", "A ", ".", "-", "/", ",", ":", "(", "„", "a.", "a-", "A-1", "1.1.", "1/",
        "a\n", ".\n", "12345 ", "12345 A", "Ab ", "x@", "http://a/", "vom 1.", "am 12. ", "Nr. 1 ", "zu vom", "zu ", "- ", "– 1 ",
    ];

    public static TheoryData<string> Patterns => [.. All().Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Patterns))]
    public void LongMonotonousText_IsSearchedInLinearTime(string name)
    {
        var pattern = All().First(p => p.Name == name).Pattern;
        var words = Regex.Matches(pattern.ToString(), @"\p{L}{3,}", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(m => m.Value + " ");
        foreach (var atom in Atoms.Concat(words.Distinct(StringComparer.Ordinal)))
        {
            var text = string.Concat(Enumerable.Repeat(atom, Characters / atom.Length)) + "!";
            // A busy machine may be slow once.
            Assert.True(Enumerable.Range(0, 3).Any(_ => IsSearched(pattern, text)), $"'{atom}' repeated takes too long: {pattern}");
        }
    }

    [Fact]
    public void Patterns_AreFound() => Assert.True(All().Count() > 80, $"{All().Count()}");

    /// <summary>Whether the whole text is searched before the pattern's own time limit.</summary>
    private static bool IsSearched(Regex pattern, string text)
    {
        try
        {
            for (var match = pattern.Match(text); match.Success; match = match.NextMatch())
            {
                // Only that it ends.
            }

            return true;
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static IEnumerable<(string Name, Regex Pattern)> All()
    {
        const BindingFlags Any = BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly;
        foreach (var type in typeof(Letter).Assembly.GetTypes().Where(t => !t.ContainsGenericParameters))
        {
            foreach (var method in type.GetMethods(Any).Where(m => m.ReturnType == typeof(Regex) && m.GetParameters().Length == 0))
                yield return ($"{type.FullName}.{method.Name}", (Regex)method.Invoke(null, null)!);
            foreach (var field in type.GetFields(Any).Where(f => !f.IsLiteral && IsOurs(f.FieldType)))
            {
                var (n, value) = (0, field.GetValue(null));
                foreach (var pattern in value is Regex single ? [single] : Inside(value as IEnumerable))
                    yield return ($"{type.FullName}.{field.Name}.{++n}", pattern);
            }
        }
    }

    /// <summary>A pattern, or many things that may hold some.</summary>
    private static bool IsOurs(Type type) =>
        type == typeof(Regex) || (type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type));

    private static IEnumerable<Regex> Inside(IEnumerable? many)
    {
        const BindingFlags Own = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
        foreach (var one in many ?? Array.Empty<object>())
            if (one is Regex pattern) yield return pattern;
            else if (one?.GetType() is { } type && type.Assembly == typeof(Letter).Assembly)
                foreach (var field in type.GetFields(Own).Where(f => f.FieldType == typeof(Regex)))
                    if (field.GetValue(one) is Regex inner) yield return inner;
    }
}
