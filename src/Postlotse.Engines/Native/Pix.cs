using System.Runtime.InteropServices;

namespace Postlotse.Engines.Native;

/// <summary>
/// An image of Leptonica, freed when disposed. Every operation gives a new one; none returned means too little memory or a
/// broken image, and becomes a <see cref="NativeException"/>.
/// </summary>
internal sealed class Pix : SafeHandle
{
    private const int AreaMap = 1, BringInWhite = 1, WidthOrHeight = 5, Greater = 2, ByContent = 4, SetAllBits = 0xf;

    private Pix(nint pix)
        : base(0, ownsHandle: true) => SetHandle(pix);

    public override bool IsInvalid => handle == 0;

    public int Width => Size.Width;

    public int Height => Size.Height;

    public int Depth => Size.Depth;

    private (int Width, int Height, int Depth) Size
    {
        get
        {
            Check(Leptonica.pixGetDimensions(this, out var width, out var height, out var depth), "pixGetDimensions");
            return (width, height, depth);
        }
    }

    /// <summary>Takes over an image from native code.</summary>
    /// <exception cref="NativeException">None was returned.</exception>
    public static Pix Own(nint pix, string function) => pix == 0 ? throw new NativeException(function) : new(pix);

    public static void Check(int result, string function)
    {
        if (result != 0) throw new NativeException(function);
    }

    /// <summary>The same image once more, for someone who disposes of it.</summary>
    public Pix Same() => Own(Leptonica.pixClone(this), "pixClone");

    /// <summary>The same image once more, to be changed.</summary>
    public Pix Copy() => Own(Leptonica.pixCopy(0, this), "pixCopy");

    /// <summary>Makes a part of it white, as far as it lies inside.</summary>
    public void Whiten(int x, int y, int width, int height) =>
        Check(Leptonica.pixRasterop(this, x, y, width, height, SetAllBits, 0, 0, 0), "pixRasterop");

    /// <summary>Eight bits grey; transparency becomes white. What is grey already shares its pixels.</summary>
    public Pix ToGrey()
    {
        if (Depth == 8 && Leptonica.pixGetColormap(this) == 0) return Same();
        if (Leptonica.pixGetSpp(this) != 4) return Own(Leptonica.pixConvertTo8(this, 0), "pixConvertTo8");
        using var opaque = Opaque();
        return Own(Leptonica.pixConvertTo8(opaque, 0), "pixConvertTo8");
    }

    public Pix Opaque() => Own(Leptonica.pixRemoveAlpha(this), "pixRemoveAlpha");

    public Pix ToColour() => Own(Leptonica.pixConvertTo32(this), "pixConvertTo32");

    public Pix ToBlackWhite(int threshold) => Own(Leptonica.pixConvertTo1(this, threshold), "pixConvertTo1");

    /// <summary>One threshold for the whole image, where the grey values separate best.</summary>
    public unsafe Pix ToBlackWhiteOtsu()
    {
        var result = Leptonica.pixOtsuAdaptiveThreshold(this, Width, Height, 0, 0, 0, null, out var pix);
        if (result != 0 && pix != 0) Leptonica.pixDestroy(ref pix);
        Check(result, "pixOtsuAdaptiveThreshold");
        return Own(pix, "pixOtsuAdaptiveThreshold");
    }

    public Pix Mirror() => Own(Leptonica.pixFlipLR(0, this), "pixFlipLR");

    /// <summary>Without a colour map: black and white, grey or RGB, whichever holds all its colours.</summary>
    public Pix WithoutMap() => Own(Leptonica.pixRemoveColormap(this, ByContent), "pixRemoveColormap");

    /// <summary>Whether a noticeable part of an RGB image is neither grey nor black nor white.</summary>
    public bool HasColour()
    {
        Check(Leptonica.pixColorFraction(this, 40, 235, 30, 4, out var pixels, out var coloured), "pixColorFraction");
        return pixels * coloured > 0.0005;
    }

    /// <summary>Clockwise by quarters of a turn.</summary>
    public Pix Turn(int degrees) => Own(Leptonica.pixRotateOrth(this, degrees / 90 % 4), "pixRotateOrth");

    /// <summary>Clockwise about the middle, the size stays.</summary>
    public Pix Rotate(double degrees) =>
        Own(Leptonica.pixRotate(this, (float)(degrees * Math.PI / 180), AreaMap, BringInWhite, 0, 0), "pixRotate");

    public Pix LevelBackground() => Own(Leptonica.pixBackgroundNormSimple(this, 0, 0), "pixBackgroundNormSimple");

    /// <summary>Drops connected spots that are no larger than the size in both directions.</summary>
    public Pix WithoutSpecks(int size) => Own(Leptonica.pixSelectBySize(this, size, size, 8, WidthOrHeight, Greater, 0), "pixSelectBySize");

    /// <summary>Clockwise turn in degrees that makes the lines horizontal, and how sure that is (above 3: sure).</summary>
    public (double Degrees, double Confidence) FindSkew()
    {
        // Sweep ±7° in steps of 1° at half size, then search to 0.01°.
        var result = Leptonica.pixFindSkewSweepAndSearch(this, out var angle, out var confidence, 2, 1, 7, 1, 0.01f);
        return result == 0 ? (angle, confidence) : (0, 0); // it refuses pages without enough ink
    }

    /// <summary>Boxes around connected black spots.</summary>
    public IReadOnlyList<(int X, int Y, int Width, int Height)> Spots()
    {
        var boxes = Leptonica.pixConnCompBB(this, 8);
        if (boxes == 0) throw new NativeException("pixConnCompBB");
        try
        {
            var spots = new List<(int X, int Y, int Width, int Height)>(Leptonica.boxaGetCount(boxes));
            for (var i = 0; i < spots.Capacity; i++)
            {
                Check(Leptonica.boxaGetBoxGeometry(boxes, i, out var x, out var y, out var width, out var height), "boxaGetBoxGeometry");
                spots.Add((x, y, width, height));
            }

            return spots;
        }
        finally
        {
            Leptonica.boxaDestroy(ref boxes);
        }
    }

    public Pix Scale(double x, double y) =>
        Own(
            x < 0.7 && y < 0.7 ? Leptonica.pixScaleAreaMap(this, (float)x, (float)y) : Leptonica.pixScale(this, (float)x, (float)y),
            "pixScale");

    protected override bool ReleaseHandle()
    {
        Leptonica.pixDestroy(ref handle);
        return true;
    }
}

/// <summary>A native function refused; damaged input or too little memory.</summary>
internal sealed class NativeException(string function) : Exception(function + " failed");
