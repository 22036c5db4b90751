using System.Runtime.InteropServices;
using Postlotse.Engines.Native;

namespace Postlotse.Engines.Child;

/// <summary>Tesseract, loaded once and used for one page after another.</summary>
internal sealed class OcrEngine : IDisposable
{
    private const int LstmOnly = 1, AutomaticLayout = 3;

    private readonly nint _engine = Tesseract.TessBaseAPICreate();

    /// <summary>Loads a language.</summary>
    /// <param name="language">Tesseract's code, for instance "deu"; of several joined by "+" each word has its own.</param>
    /// <exception cref="NativeException">Its data are not installed.</exception>
    public OcrEngine(string language)
    {
        if (Tesseract.TessBaseAPIInit2(_engine, null, language, LstmOnly) != 0
            || language.Split('+').Except(Loaded(), StringComparer.Ordinal).Any())
        {
            Tesseract.TessBaseAPIDelete(_engine);
            throw new NativeException("loading the language data " + language);
        }

        Set("debug_file", "/dev/null");
        Set("textord_tabfind_find_tables", "0"); // tables are read line by line anyway
        Tesseract.TessBaseAPISetPageSegMode(_engine, AutomaticLayout);
    }

    public void Dispose() => Tesseract.TessBaseAPIDelete(_engine);

    /// <summary>Words in reading order, in pixels of the image.</summary>
    public IReadOnlyList<OcrWord> Read(Pix image)
    {
        Tesseract.TessBaseAPISetImage2(_engine, image);
        try
        {
            if (Tesseract.TessBaseAPIRecognize(_engine, 0) != 0) throw new NativeException("TessBaseAPIRecognize");
            return Words();
        }
        finally
        {
            Tesseract.TessBaseAPIClear(_engine);
        }
    }

    /// <summary>Of several languages Tesseract is content with one.</summary>
    private unsafe List<string> Loaded()
    {
        var loaded = new List<string>();
        var texts = Tesseract.TessBaseAPIGetLoadedLanguagesAsVector(_engine);
        for (var text = texts; *text is not null; text++) loaded.Add(Marshal.PtrToStringUTF8((nint)(*text)) ?? "");
        Tesseract.TessDeleteTextArray(texts);
        return loaded;
    }

    private List<OcrWord> Words()
    {
        var words = new List<OcrWord>();
        var iterator = Tesseract.TessBaseAPIGetIterator(_engine);
        if (iterator == 0) return words;
        try
        {
            var page = Tesseract.TessResultIteratorGetPageIterator(iterator);
            do
            {
                if (Word(iterator, page) is { } word) words.Add(word);
            }
            while (Tesseract.TessResultIteratorNext(iterator, Tesseract.LevelWord) != 0);
        }
        finally
        {
            Tesseract.TessResultIteratorDelete(iterator);
        }

        return words;
    }

    private static OcrWord? Word(nint iterator, nint page)
    {
        var bytes = Tesseract.TessResultIteratorGetUTF8Text(iterator, Tesseract.LevelWord);
        if (bytes == 0) return null;
        var text = Marshal.PtrToStringUTF8(bytes) ?? "";
        Tesseract.TessDeleteText(bytes);
        if (Tesseract.TessPageIteratorBoundingBox(page, Tesseract.LevelWord, out var left, out var top, out var right, out var bottom) == 0)
            return null;
        var hasBase = Tesseract.TessPageIteratorBaseline(page, Tesseract.LevelLine, out var x1, out var y1, out var x2, out var y2) != 0;
        Tesseract.TessPageIteratorOrientation(page, out var orientation, out _, out _, out _);
        var start = Tesseract.TessPageIteratorIsAtBeginningOf(page, Tesseract.LevelBlock) != 0 ? OcrStart.Block
            : Tesseract.TessPageIteratorIsAtBeginningOf(page, Tesseract.LevelParagraph) != 0 ? OcrStart.Paragraph
            : Tesseract.TessPageIteratorIsAtBeginningOf(page, Tesseract.LevelLine) != 0 ? OcrStart.Line
            : OcrStart.Word;
        var baseline = hasBase && orientation == 0 && x2 > x1 ? y1 + (y2 - y1) * ((left + right) / 2.0 - x1) / (x2 - x1) : bottom;
        var confidence = Math.Clamp(Tesseract.TessResultIteratorConfidence(iterator, Tesseract.LevelWord) / 100.0, 0, 1);
        var upright = orientation == 0 && !(text.Length >= 3 && bottom - top > right - left); // it does not always say how a line runs
        return new(text, left, top, right, bottom, baseline, confidence, start, upright);
    }

    private void Set(string name, string value)
    {
        if (Tesseract.TessBaseAPISetVariable(_engine, name, value) == 0) throw new NativeException("setting " + name);
    }
}

/// <summary>A word as Tesseract gives it, in pixels. It also reads print that runs up, down or upside down; that is not upright.</summary>
internal sealed record OcrWord(
    string Text, int Left, int Top, int Right, int Bottom, double Baseline, double Confidence, OcrStart Start, bool Upright)
{
    /// <summary>Letters of whole words by how surely they were read; what is seen in pictures comes short and unsure.</summary>
    public static double Score(IEnumerable<OcrWord> words) => words
        .Where(w => w.Upright)
        .Select(w => (w.Confidence, Letters: w.Text.Count(char.IsLetterOrDigit)))
        .Where(w => w is { Confidence: > 0.6, Letters: >= 3 })
        .Sum(w => w.Confidence * w.Letters);
}

/// <summary>What begins with a word.</summary>
internal enum OcrStart { Word, Line, Paragraph, Block }
