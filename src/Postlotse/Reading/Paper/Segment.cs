using Postlotse.Letters;

namespace Postlotse.Reading.Paper;

/// <summary>Print in one line without a wide gap: what stands beside it in another column is another segment.</summary>
internal sealed class Segment
{
    private const string Descenders = "gjpqyçß,;()[]/|QŞş";
    private const string LowLetters = "acemnorsuvwxzığ-–—.:+~";

    public Segment(RecognisedPage page, IReadOnlyList<Word> words)
    {
        Page = page;
        Words = words;
        Text = string.Join(' ', words.Select(w => w.Text));
        double x = words.Min(w => w.Box.X), y = words.Min(w => w.Box.Y);
        Box = new(x, y, words.Max(w => w.Box.Right) - x, words.Max(w => w.Box.Bottom) - y);
        Size = Median(words.Select(CapitalHeight));
        Baseline = Median(words.Select(w => Descends(w.Text) ? w.Box.Bottom - w.Box.Height * 0.22 : w.Box.Bottom));
        var letters = words.Sum(w => w.Text.Length);
        Confidence = letters == 0 ? 0 : words.Sum(w => w.Confidence * w.Text.Length) / letters;
    }

    public RecognisedPage Page { get; }

    public IReadOnlyList<Word> Words { get; }

    public string Text { get; }

    /// <summary>Millimetres on the straightened page.</summary>
    public Box Box { get; }

    /// <summary>Height of capital letters in millimetres, estimated from the words' boxes.</summary>
    public double Size { get; }

    /// <summary>Foot of letters without descenders, millimetres from the top.</summary>
    public double Baseline { get; }

    /// <summary>0–1, weighted by the words' length.</summary>
    public double Confidence { get; }

    public int LetterCount => Words.Sum(w => w.Text.Count(char.IsLetterOrDigit));

    public bool SharesColumnWith(Segment other, double tolerance) =>
        Math.Abs(Box.X - other.Box.X) <= tolerance || Math.Abs(Box.Right - other.Box.Right) <= tolerance / 2
        || Math.Abs(Box.X + Box.Right - other.Box.X - other.Box.Right) <= tolerance;

    public bool SharesRowWith(Segment other) =>
        Math.Abs(Baseline - other.Baseline) <= 0.6 * Math.Max(1.5, Math.Min(Size, other.Size));

    public bool OverlapsAcross(Segment other) => Box.X < other.Box.Right && other.Box.X < Box.Right;

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[sorted.Count / 2];
    }

    private static bool Descends(string text) => text.Any(c => Descenders.Contains(c, StringComparison.Ordinal));

    private static double CapitalHeight(Word word)
    {
        var height = word.Box.Height;
        if (word.Text.All(c => LowLetters.Contains(c, StringComparison.Ordinal))) return height / 0.72;
        return Descends(word.Text) ? height / 1.28 : height;
    }
}
