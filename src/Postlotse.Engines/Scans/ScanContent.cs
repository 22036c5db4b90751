using System.Globalization;
using System.Numerics;
using System.Text;

namespace Postlotse.Engines.Scans;

/// <summary>
/// Reads a page's content stream (ISO 32000-1, 7.8.2, annex A) and says whether it does nothing but draw one image over the whole
/// page, upright, once. Invisible text, as scanners lay it over their scans, draws nothing. Any operator that is not known to be
/// harmless makes the answer no: foreign data, and a wrong yes would lose print.
/// </summary>
internal sealed class ScanContent
{
    private const int MostTokens = 400_000, MostStates = 50, Invisible = 3;

    /// <summary>State that only matters where something is painted with it, and marked content that is always shown.</summary>
    private static readonly HashSet<string> Harmless = new(
        [
            "BT", "ET", "Tc", "Tw", "Tz", "TL", "Tf", "Ts", "Td", "TD", "Tm", "T*", "w", "J", "j", "M", "d", "ri", "i",
            "g", "G", "rg", "RG", "k", "K", "cs", "CS", "sc", "SC", "BMC", "EMC", "MP",
        ],
        StringComparer.Ordinal);

    private readonly ScanCandidate _page;
    private readonly Stack<State> _saved = new();
    private readonly List<string> _operands = [];
    private State _state = new(Matrix3x2.Identity, 0);
    private PageBox? _path;
    private bool _drawn, _clips;

    private ScanContent(ScanCandidate page) => _page = page;

    private bool IsLevel => _state.Matrix is { M12: 0, M21: 0 };

    /// <summary>Whether the content shows the candidate's image and nothing else.</summary>
    public static bool ShowsOnlyTheImage(ReadOnlySpan<byte> content, ScanCandidate page)
    {
        var reader = new ScanContent(page);
        var at = 0;
        for (var count = 0; count < MostTokens; count++)
        {
            var token = ContentTokens.Next(content, ref at);
            if (token is null) return false;
            if (token.Length == 0) return reader._drawn && reader._operands.Count == 0;
            if (!reader.Take(token)) return false;
        }

        return false;
    }

    private bool Take(string token)
    {
        if (!char.IsLetter(token[0]) && token[0] is not ('\'' or '"'))
        {
            _operands.Add(token);
            return _operands.Count < 5000;
        }

        var allowed = Apply(token);
        _operands.Clear();
        return allowed;
    }

    private bool Apply(string name)
    {
        switch (name)
        {
            case "q":
                _saved.Push(_state);
                return _saved.Count < MostStates;
            case "Q": return _saved.TryPop(out _state);
            case "cm": return Transform();
            case "Do": return Draw();
            case "re": return Rectangle();
            case "W" or "W*": return _clips = _path is not null;
            case "n": return EndPath();
            case "Tr":
                _state = _state with { TextMode = Numbers(1) is [var mode] ? (int)mode : 0 };
                return true;
            case "Tj" or "TJ" or "'" or "\"": return _state.TextMode == Invisible && _page.InvisibleTextIsInvisible;
            case "BDC" or "DP": return _operands is ["/Artifact" or "/P" or "/Span" or "/Document" or "/Figure", ..];
            default: return Harmless.Contains(name);
        }
    }

    private bool Transform()
    {
        if (Numbers(6) is not [var a, var b, var c, var d, var e, var f]) return false;
        _state = _state with { Matrix = new Matrix3x2((float)a, (float)b, (float)c, (float)d, (float)e, (float)f) * _state.Matrix };
        return true;
    }

    private bool Draw()
    {
        if (_drawn || _operands is not [var name] || !string.Equals(name, _page.Name, StringComparison.Ordinal)) return false;
        _drawn = IsLevel && _state.Matrix is { M11: > 0, M22: > 0 } && Placed(0, 0, 1, 1).IsAbout(_page.Box);
        return _drawn;
    }

    /// <summary>Only clipping to all of the page is allowed.</summary>
    private bool Rectangle()
    {
        if (_path is not null || !IsLevel || Numbers(4) is not [var x, var y, var width, var height]) return false;
        _path = Placed(x, y, x + width, y + height);
        return true;
    }

    private bool EndPath()
    {
        var allowed = !_clips || _path is { } path && path.Covers(_page.Box);
        (_path, _clips) = (null, false);
        return allowed;
    }

    private PageBox Placed(double x1, double y1, double x2, double y2)
    {
        var a = Vector2.Transform(new((float)x1, (float)y1), _state.Matrix);
        var b = Vector2.Transform(new((float)x2, (float)y2), _state.Matrix);
        return new(Math.Min(a.X, b.X), Math.Min(a.Y, b.Y), Math.Max(a.X, b.X), Math.Max(a.Y, b.Y));
    }

    private List<double> Numbers(int count)
    {
        var numbers = new List<double>(count);
        if (_operands.Count != count) return numbers;
        foreach (var text in _operands)
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) && Math.Abs(n) < 1e6) numbers.Add(n);
        return numbers;
    }

    private readonly record struct State(Matrix3x2 Matrix, int TextMode);
}

/// <summary>Splits a content stream into operands and operators.</summary>
internal static class ContentTokens
{
    /// <summary>The next token; strings and dictionaries are given as their first bracket. Empty at the end, null when torn.</summary>
    public static string? Next(ReadOnlySpan<byte> content, ref int at)
    {
        SkipSpace(content, ref at);
        if (at >= content.Length) return "";
        var first = (char)content[at];
        switch (first)
        {
            case '(': return SkipString(content, ref at) ? "(" : null;
            case '<' or '>' when at + 1 < content.Length && content[at + 1] == first:
                at += 2;
                return first == '<' ? "<<" : ">>";
            case '<':
                var end = content[at..].IndexOf((byte)'>');
                at += end + 1;
                return end < 0 ? null : "<";
            case '[' or ']':
                at++;
                return first.ToString();
            case ')' or '>' or '{' or '}': return null;
        }

        var start = at++;
        while (at < content.Length && !IsSpace(content[at]) && !IsDelimiter(content[at])) at++;
        return at - start > 200 ? null : Encoding.Latin1.GetString(content[start..at]);
    }

    private static void SkipSpace(ReadOnlySpan<byte> content, ref int at)
    {
        while (at < content.Length)
        {
            if (content[at] == '%')
                while (at < content.Length && content[at] is not ((byte)'\n' or (byte)'\r')) at++;
            else if (IsSpace(content[at])) at++;
            else return;
        }
    }

    private static bool SkipString(ReadOnlySpan<byte> content, ref int at)
    {
        var depth = 0;
        for (; at < content.Length; at++)
        {
            if (content[at] == '\\') at++;
            else if (content[at] == '(') depth++;
            else if (content[at] == ')' && --depth == 0) return ++at > 0;
        }

        return false;
    }

    private static bool IsSpace(byte value) => value is 0 or 9 or 10 or 12 or 13 or 32;

    private static bool IsDelimiter(byte value) => "()<>[]{}/%"u8.Contains(value);
}
