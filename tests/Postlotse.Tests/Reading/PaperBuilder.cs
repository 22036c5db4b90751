using Postlotse.Letters;

namespace Postlotse.Tests.Reading;

/// <summary>Sets lines of print at positions on an A4 page, as an engine would report them.</summary>
internal sealed class PaperBuilder(int number = 1)
{
    private const double CharacterWidth = 0.66, Descent = 1.28;
    private readonly List<TextLine> _lines = [];

    public double Skew { get; init; }

    /// <summary>
    /// A line whose baseline lies at <paramref name="y"/>; <paramref name="size"/> is the height of capitals; all millimetres.
    /// </summary>
    public PaperBuilder Line(double x, double y, string text, double size = 2.8, double confidence = 0.95)
    {
        var words = new List<Word>();
        var at = x;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var descends = word.Any(c => "gjpqyç,;()ß[]/|".Contains(c, StringComparison.Ordinal));
            var isLow = word.All(c => "acemnorsuvwxz-–—.:".Contains(c, StringComparison.Ordinal));
            var top = isLow ? size * 0.72 : size;
            words.Add(new(word, new(at, y - top, word.Length * size * CharacterWidth, isLow || !descends ? top : size * Descent),
                confidence));
            at += (word.Length + 0.6) * size * CharacterWidth;
        }

        var box = new Box(x, words.Min(w => w.Box.Y), words[^1].Box.Right - x, words.Max(w => w.Box.Bottom) - words.Min(w => w.Box.Y));
        _lines.Add(new(_lines.Count + 1, _lines.Count + 1, box, y, words));
        return this;
    }

    /// <summary>Lines under each other.</summary>
    public PaperBuilder Lines(double x, double y, params string[] texts)
    {
        for (var i = 0; i < texts.Length; i++) Line(x, y + i * 5, texts[i]);
        return this;
    }

    public RecognisedPage Build() =>
        new() { Number = number, Width = 210, Height = 297, SkewDegrees = Skew, MeanConfidence = 0.95, Lines = _lines };

    /// <summary>A plain private letter of form B without its text.</summary>
    public static PaperBuilder Letter() => new PaperBuilder()
        .Lines(25, 15, "Erna Schwab", "Lindenweg 4", "74820 Neustadt")
        .Lines(25, 66, "Stadtverwaltung Neustadt", "Rathausplatz 1", "74820 Neustadt")
        .Line(150, 96, "3. März 2025");

    /// <summary>The same with greeting, a paragraph, farewell and name.</summary>
    public static PaperBuilder WholeLetter() => Letter()
        .Line(25, 106, "Laterne vor Haus 4")
        .Line(25, 116, "Sehr geehrte Damen und Herren,")
        .Lines(25, 126, "seit dem 12. Februar 2025 brennt die Laterne vor unserem Haus nicht mehr und es ist dort", "abends sehr dunkel.")
        .Lines(25, 141, "Mit freundlichen Grüßen", "Erna Schwab");
}
