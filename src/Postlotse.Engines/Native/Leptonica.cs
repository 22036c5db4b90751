using System.Runtime.InteropServices;

namespace Postlotse.Engines.Native;

/// <summary>Functions of Leptonica 1.82 (liblept.so.5, BSD-2-Clause) that are used. Results are checked by <see cref="Pix"/>.</summary>
internal static unsafe partial class Leptonica
{
    private const string Library = "liblept.so.5";

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int pixReadHeader(
        string file, out int format, out int width, out int height, out int bits, out int samples, out int map);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int readHeaderTiff(
        string file, int index, out int width, out int height, out int bits, out int samples, out int resolution, out int map,
        out int format);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint fopenReadStream(string file);

    [LibraryImport(Library)]
    public static partial int lept_fclose(nint stream);

    [LibraryImport(Library)]
    public static partial int tiffGetCount(nint stream, out int count);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint pixRead(string file);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint pixReadTiff(string file, int index);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint pixReadJpeg(string file, int toMap, int reduction, out int warnings, int hint);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint pixReadJp2k(string file, uint reduction, nint box, int hint, int debug);

    [LibraryImport(Library)]
    public static partial nint pixCreate(int width, int height, int depth);

    [LibraryImport(Library)]
    public static partial nint pixClone(Pix pix);

    [LibraryImport(Library)]
    public static partial nint pixCopy(nint target, Pix pix);

    [LibraryImport(Library)]
    public static partial int pixRasterop(
        Pix pix, int x, int y, int width, int height, int operation, nint source, int sourceX, int sourceY);

    [LibraryImport(Library)]
    public static partial void pixDestroy(ref nint pix);

    [LibraryImport(Library)]
    public static partial int pixGetDimensions(Pix pix, out int width, out int height, out int depth);

    [LibraryImport(Library)]
    public static partial int pixGetXRes(Pix pix);

    [LibraryImport(Library)]
    public static partial int pixGetYRes(Pix pix);

    [LibraryImport(Library)]
    public static partial int pixSetResolution(Pix pix, int x, int y);

    [LibraryImport(Library)]
    public static partial int pixCountPixels(Pix pix, out int count, nint table);

    [LibraryImport(Library)]
    public static partial int pixGetSpp(Pix pix);

    [LibraryImport(Library)]
    public static partial nint pixGetColormap(Pix pix);

    [LibraryImport(Library)]
    public static partial int pixGetWpl(Pix pix);

    [LibraryImport(Library)]
    public static partial uint* pixGetData(Pix pix);

    [LibraryImport(Library)]
    public static partial nint pixRemoveAlpha(Pix pix);

    [LibraryImport(Library)]
    public static partial nint pixConvertTo8(Pix pix, int map);

    [LibraryImport(Library)]
    public static partial nint pixConvertTo32(Pix pix);

    [LibraryImport(Library)]
    public static partial nint pixConvertTo1(Pix pix, int threshold);

    [LibraryImport(Library)]
    public static partial int pixOtsuAdaptiveThreshold(
        Pix pix, int tileWidth, int tileHeight, int smoothX, int smoothY, float share, nint* thresholds, out nint result);

    [LibraryImport(Library)]
    public static partial int pixFindSkewSweepAndSearch(
        Pix pix, out float angle, out float confidence, int sweepReduction, int searchReduction, float range, float step, float precision);

    [LibraryImport(Library)]
    public static partial nint pixRotate(Pix pix, float radians, int type, int background, int width, int height);

    [LibraryImport(Library)]
    public static partial nint pixRotateOrth(Pix pix, int quarters);

    [LibraryImport(Library)]
    public static partial int pixOrientDetect(Pix pix, out float up, out float left, int minimum, int debug);

    [LibraryImport(Library)]
    public static partial nint pixBackgroundNormSimple(Pix pix, nint mask, nint grey);

    [LibraryImport(Library)]
    public static partial nint pixSelectBySize(Pix pix, int width, int height, int connectivity, int type, int relation, nint changed);

    [LibraryImport(Library)]
    public static partial nint pixScale(Pix pix, float x, float y);

    [LibraryImport(Library)]
    public static partial nint pixScaleAreaMap(Pix pix, float x, float y);

    [LibraryImport(Library)]
    public static partial nint pixConnCompBB(Pix pix, int connectivity);

    [LibraryImport(Library)]
    public static partial int boxaGetCount(nint boxes);

    [LibraryImport(Library)]
    public static partial int boxaGetBoxGeometry(nint boxes, int index, out int x, out int y, out int width, out int height);

    [LibraryImport(Library)]
    public static partial void boxaDestroy(ref nint boxes);

    [LibraryImport(Library)]
    public static partial int pixGenerateCIData(Pix pix, int type, int quality, int ascii85, out CompressedImage* data);

    [LibraryImport(Library)]
    public static partial void l_CIDataDestroy(ref CompressedImage* data);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int pixWriteJpeg(string file, Pix pix, int quality, int progressive);

    [LibraryImport(Library)]
    public static partial nint pixFlipLR(nint result, Pix pix);

    [LibraryImport(Library)]
    public static partial nint pixRemoveColormap(Pix pix, int type);

    [LibraryImport(Library)]
    public static partial int pixColorFraction(
        Pix pix, int dark, int light, int difference, int step, out float pixels, out float coloured);

    [LibraryImport(Library)]
    public static partial int setMsgSeverity(int severity);

    /// <summary>L_COMP_DATA of imageio.h, as far as it is used.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct CompressedImage
    {
        public int Type;
        public byte* Data;
        public nuint Length;
    }
}
