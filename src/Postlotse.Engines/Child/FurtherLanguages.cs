using Postlotse.Engines.Native;
using Postlotse.Recognition;

namespace Postlotse.Engines.Child;

/// <summary>
/// Reads a page once more when its print asks for another language than the first, and takes that reading when it is clearly
/// better. A page in the first language, or well read in it, is left as it is. One further language is held in memory at a time.
/// </summary>
/// <param name="codes">Tesseract's codes: the language pages have been read in, then further ones in the order they are tried.</param>
internal sealed class FurtherLanguages(IReadOnlyList<string> codes) : IDisposable
{
    /// <summary>
    /// Mean confidence. English print comes out right with German data (0.94 to 0.95 of the samples); French, Turkish and Polish lose
    /// their accents (at most 0.91); of other scripts hardly a word is read (at most 0.54).
    /// </summary>
    private const double WellRead = 0.93, HardlyRead = 0.7;

    /// <summary>With fewer words nothing can be told.</summary>
    private const int FewestWords = 8;

    /// <summary>By how much surely read letters have to grow; those of the samples at least by 1.7 % and by 130 %.</summary>
    private const double SameScript = 1.01, OtherScript = 1.3, FewestLetters = 20;

    private readonly HashSet<string> _unusable = new(StringComparer.Ordinal);
    private OcrEngine? _engine;
    private string _loaded = "";

    /// <summary>Readings besides the first ones.</summary>
    public int Readings { get; private set; }

    public void Dispose() => _engine?.Dispose();

    /// <summary>The better of what was read and what other languages read.</summary>
    /// <param name="read">In the first language.</param>
    /// <param name="readAgain">Reads the same page.</param>
    public IReadOnlyList<OcrWord> Better(IReadOnlyList<OcrWord> read, Func<OcrEngine, IReadOnlyList<OcrWord>> readAgain)
    {
        foreach (var code in Candidates(read))
        {
            if (Load(code) is not { } engine) continue;
            Readings++;
            var again = readAgain(engine);
            if (IsBetter(again, read, code)) return again;
        }

        return read;
    }

    /// <summary>The language that the words are of; languages of other scripts when hardly a word was read.</summary>
    private IEnumerable<string> Candidates(IReadOnlyList<OcrWord> read)
    {
        if (codes.Count <= 1 || read.Count < FewestWords) yield break;
        var (confidence, asked) = (MeanConfidence(read), OcrLanguages.CodeOf(LanguageOf(read)));
        if (confidence >= WellRead || Is(asked, codes[0])) yield break;
        if (asked is not null && codes.Contains(asked, StringComparer.Ordinal)) yield return asked;
        if (confidence >= HardlyRead) yield break;
        foreach (var other in codes.Skip(1).Where(c => OcrLanguages.IsOfOtherScript(c) && !Is(asked, c))) yield return other;
    }

    /// <summary>Its words are of the language it was read in, and more letters are sure.</summary>
    private static bool IsBetter(IReadOnlyList<OcrWord> again, IReadOnlyList<OcrWord> read, string code)
    {
        var (before, now) = (OcrWord.Score(read), OcrWord.Score(again));
        return Is(OcrLanguages.CodeOf(LanguageOf(again)), code)
            && now >= (OcrLanguages.IsOfOtherScript(code) ? OtherScript * before + FewestLetters : SameScript * before);
    }

    private static bool Is(string? code, string other) => string.Equals(code, other, StringComparison.Ordinal);

    private static string LanguageOf(IEnumerable<OcrWord> words) => PrevailingLanguage.Of(string.Join(' ', words.Select(w => w.Text)));

    private static double MeanConfidence(IReadOnlyList<OcrWord> words) =>
        words.Sum(w => w.Confidence * w.Text.Length) / Math.Max(1, words.Sum(w => w.Text.Length));

    /// <summary>Null when its data are not there, or too large for the memory this process may take.</summary>
    private OcrEngine? Load(string code)
    {
        if (Is(_loaded, code)) return _engine;
        if (_unusable.Contains(code)) return null;
        _engine?.Dispose();
        (_engine, _loaded) = (null, "");
        try
        {
            // Addresses and names on a page in another script are in Latin letters.
            (_engine, _loaded) = (new(OcrLanguages.IsOfOtherScript(code) ? code + "+" + codes[0] : code), code);
        }
        catch (NativeException)
        {
            _unusable.Add(code);
        }

        return _engine;
    }
}
