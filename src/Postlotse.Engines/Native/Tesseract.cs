using System.Runtime.InteropServices;

namespace Postlotse.Engines.Native;

/// <summary>Functions of Tesseract 5 (libtesseract.so.5, Apache-2.0) that are used.</summary>
internal static partial class Tesseract
{
    public const int LevelLine = 2, LevelWord = 3, LevelBlock = 0, LevelParagraph = 1;

    private const string Library = "libtesseract.so.5";

    [LibraryImport(Library)]
    public static partial nint TessBaseAPICreate();

    [LibraryImport(Library)]
    public static partial void TessBaseAPIDelete(nint engine);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int TessBaseAPIInit2(nint engine, string? dataPath, string languages, int mode);

    /// <returns>Texts up to a null, to be freed as a whole.</returns>
    [LibraryImport(Library)]
    public static unsafe partial byte** TessBaseAPIGetLoadedLanguagesAsVector(nint engine);

    [LibraryImport(Library)]
    public static unsafe partial void TessDeleteTextArray(byte** texts);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int TessBaseAPISetVariable(nint engine, string name, string value);

    [LibraryImport(Library)]
    public static partial void TessBaseAPISetPageSegMode(nint engine, int mode);

    [LibraryImport(Library)]
    public static partial void TessBaseAPISetImage2(nint engine, Pix pix);

    [LibraryImport(Library)]
    public static partial int TessBaseAPIRecognize(nint engine, nint monitor);

    [LibraryImport(Library)]
    public static partial void TessBaseAPIClear(nint engine);

    [LibraryImport(Library)]
    public static partial void TessDeleteText(nint text);

    [LibraryImport(Library)]
    public static partial nint TessBaseAPIGetIterator(nint engine);

    [LibraryImport(Library)]
    public static partial nint TessResultIteratorGetPageIterator(nint iterator);

    [LibraryImport(Library)]
    public static partial int TessResultIteratorNext(nint iterator, int level);

    [LibraryImport(Library)]
    public static partial nint TessResultIteratorGetUTF8Text(nint iterator, int level);

    [LibraryImport(Library)]
    public static partial float TessResultIteratorConfidence(nint iterator, int level);

    [LibraryImport(Library)]
    public static partial void TessResultIteratorDelete(nint iterator);

    [LibraryImport(Library)]
    public static partial int TessPageIteratorBoundingBox(
        nint iterator, int level, out int left, out int top, out int right, out int bottom);

    [LibraryImport(Library)]
    public static partial int TessPageIteratorBaseline(nint iterator, int level, out int x1, out int y1, out int x2, out int y2);

    [LibraryImport(Library)]
    public static partial int TessPageIteratorIsAtBeginningOf(nint iterator, int level);

    [LibraryImport(Library)]
    public static partial void TessPageIteratorOrientation(
        nint iterator, out int orientation, out int direction, out int order, out float deskew);
}
