using System.Runtime.Intrinsics;
using Postlotse.Engines.Native;

namespace Postlotse.Engines.Child;

/// <summary>
/// Brings a grey scan to the resolution it is read in and smooths its noise away on the same way: each new pixel is the mean of the
/// 3×3 around its place in the scan, interpolated, and gets its new tone. One pass takes a tenth of the time of Leptonica's steps.
/// </summary>
internal static class Reduction
{
    /// <summary>Parts of a pixel that are told apart; so few that the sum of a column's four pixels fits 16 bits.</summary>
    private const int Parts = 64;

    /// <summary>What the weights of three pixels add up to.</summary>
    private const int Whole = 3 * Parts;

    /// <summary>A new image of 8 bits.</summary>
    /// <param name="grey">8 bits, without colour map.</param>
    /// <param name="scale">Above 0.45, for no more than four pixels in a row are looked at.</param>
    /// <param name="tones">New tones by cells of <see cref="PaperMap"/>.</param>
    /// <param name="sketchScale">Size of the image that the cells are counted in, as share of this one's.</param>
    public static unsafe Pix Smooth(Pix grey, double scale, ToneMap tones, double sketchScale)
    {
        int width = Math.Max(1, (int)Math.Round(grey.Width * scale)), height = Math.Max(1, (int)Math.Round(grey.Height * scale));
        var result = Pix.Own(Leptonica.pixCreate(width, height, 8), "pixCreate");
        var columns = Places(width, grey.Width, 1 / scale);
        var rows = Places(height, grey.Height, 1 / scale);
        int from = Leptonica.pixGetWpl(grey), to = Leptonica.pixGetWpl(result);
        uint* source = Leptonica.pixGetData(grey), target = Leptonica.pixGetData(result);
        var sums = new ushort[from * 4];
        var perPixel = sketchScale / scale;
        for (var y = 0; y < height; y++)
        {
            var row = rows[y];
            AddRows(Row(row.A), Row(row.B), Row(row.C), Row(row.D), row.Part, sums);
            var cells = tones.Factors.AsSpan(Cell(y, PaperMap.CellHeight, tones.Rows) * tones.Columns, tones.Columns);
            for (var (x, cell) = (0, 0); x < width; cell++)
            {
                var end = cell == tones.Columns - 1 ? width
                    : Math.Clamp((int)Math.Ceiling((cell + 1) * PaperMap.CellWidth / perPixel), x, width);
                AddColumns(sums, columns, x, end, (byte*)(target + (long)y * to), (cells[cell] / (Whole * Whole), tones.Added + 0.5f));
                x = end;
            }
        }

        GC.KeepAlive(grey);
        return result;

        int Cell(int place, int size, int count) => Math.Min(count - 1, (int)(place * perPixel / size));

        ReadOnlySpan<byte> Row(int index) => new(source + (long)index * from, from * 4);
    }

    /// <summary>For each new pixel the four old ones around it, kept inside the image, and how far it lies behind the second.</summary>
    private static Place[] Places(int count, int available, double step)
    {
        var places = new Place[count];
        for (var i = 0; i < count; i++)
        {
            var at = (i + 0.5) * step - 0.5;
            var second = (int)Math.Floor(at);
            places[i] = new(At(second - 1), At(second), At(second + 1), At(second + 2), (int)((at - second) * Parts));
        }

        return places;

        int At(int index) => Math.Clamp(index, 0, available - 1);
    }

    /// <summary>Adds four rows up; Leptonica keeps the first pixel of a word in its highest byte, the sums are in order.</summary>
    private static void AddRows(
        ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c, ReadOnlySpan<byte> d, int part, Span<ushort> sums)
    {
        Vector128<ushort> first = Vector128.Create((ushort)(Parts - part)), last = Vector128.Create((ushort)part);
        var order = Vector128.Create((ushort)3, 2, 1, 0, 7, 6, 5, 4);
        var x = 0;
        for (; x + 8 <= sums.Length; x += 8)
        {
            var middle = Vector128.ShiftLeft(Eight(b, x) + Eight(c, x), 6);
            Vector128.Shuffle(middle + Eight(a, x) * first + Eight(d, x) * last, order).CopyTo(sums[x..]);
        }

        for (; x < sums.Length; x++) sums[x ^ 3] = (ushort)(Parts * (b[x] + c[x]) + (Parts - part) * a[x] + part * d[x]);
    }

    private static Vector128<ushort> Eight(ReadOnlySpan<byte> row, int x) =>
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(BitConverter.ToUInt64(row[x..])).AsByte());

    private static unsafe void AddColumns(
        ReadOnlySpan<ushort> sums, ReadOnlySpan<Place> columns, int start, int end, byte* target, (float Factor, float Added) tone)
    {
        fixed (ushort* sum = sums)
        fixed (Place* column = columns)
        {
            for (var x = start; x < end; x++)
            {
                var place = column[x];
                var total = Parts * (sum[place.B] + sum[place.C]) + (Parts - place.Part) * sum[place.A] + place.Part * sum[place.D];
                target[x ^ 3] = (byte)Math.Clamp(total * tone.Factor + tone.Added, 0, 255);
            }
        }
    }

    private readonly record struct Place(int A, int B, int C, int D, int Part);
}
