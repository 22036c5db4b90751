using Postlotse.Engines.Native;

namespace Postlotse.Engines.Child.Cleaning;

/// <summary>An area of a page with a stamp over print: which of its pixels are print, with the edges of its strokes.</summary>
internal sealed unsafe class StampLayers
{
    /// <summary>Shares of the stamp's tone. What is darker is print; what lies between the two only close to that, for edges of a sharpened
    /// stamp are as dark (0.55 and more on the samples, print under a stamp 0.45 and less).</summary>
    private const double Print = 0.5, PrintNearby = 0.7;

    /// <summary>Millimetres: how close, how far around print its edges reach, and how broad its strokes are at most; broader ones leave
    /// a hole in the stamp.</summary>
    private const double Nearby = 0.25, Edge = 0.16, Broadest = 1.2;

    /// <summary>Share of the paper's brightness below which there is ink; shares of an area's ink that stamp and print must have.</summary>
    private const double Ink = 0.7, LeastStamp = 0.25, LeastPrint = 0.025;

    /// <summary>Between which shares of its tone most of a stamp's ink lies: 0.67 to 0.78 of it on the samples, of small print at most
    /// 0.4.</summary>
    private const double Darker = 0.8, Lighter = 1.15, LeastEven = 0.53;

    private readonly bool[] _isPrint;
    private readonly int _left, _top, _width, _height;
    private readonly double _resolution;

    private StampLayers(int left, int top, int width, int height, double resolution) =>
        (_left, _top, _width, _height, _resolution, _isPrint) = (left, top, width, height, resolution, new bool[width * height]);

    /// <summary>Null when there is no print below the stamp, or hardly anything else.</summary>
    /// <param name="page">The page.</param>
    /// <param name="area">In pixels of its levelled image.</param>
    /// <param name="tone">The stamp's, with the paper at 200.</param>
    public static StampLayers? Of(PreparedPage page, (int Left, int Top, int Right, int Bottom) area, double tone)
    {
        var scale = page.Resolution / page.SketchScale;
        int left = (int)(area.Left * scale), top = (int)(area.Top * scale);
        var layers = new StampLayers(
            left, top, Math.Min(page.Grey.Width, (int)(area.Right * scale)) - left,
            Math.Min(page.Grey.Height, (int)(area.Bottom * scale)) - top, page.Resolution);
        return layers.Mark(layers.Shares(page, scale), tone / 200) ? layers : null;
    }

    /// <summary>Makes the stamp white in the one image, and puts it into the other.</summary>
    public void Divide(Pix grey, Pix print, Pix stamps)
    {
        var pitch = 4L * Leptonica.pixGetWpl(grey);
        var broadest = Pixels(Broadest);
        byte* source = (byte*)Leptonica.pixGetData(grey), taken = (byte*)Leptonica.pixGetData(stamps);
        var rest = (byte*)Leptonica.pixGetData(print);
        for (var y = 0; y < _height; y++)
        {
            for (var x = 0; x < _width; x++)
            {
                taken[At(x, y)] = _isPrint[y * _width + x]
                    ? Math.Min(Math.Max(Beside(x, y, -1, 0), Beside(x, y, 1, 0)), Math.Max(Beside(x, y, 0, -1), Beside(x, y, 0, 1)))
                    : source[At(x, y)];
                if (!_isPrint[y * _width + x]) rest[At(x, y)] = 255;
            }
        }

        GC.KeepAlive(grey);
        GC.KeepAlive(print);
        GC.KeepAlive(stamps);

        long At(int x, int y) => (_top + y) * pitch + ((_left + x) ^ 3); // the first pixel of a word in its highest byte

        // What lies behind the print in a direction.
        byte Beside(int x, int y, int right, int down)
        {
            for (var step = 0; step < broadest; step++)
            {
                (x, y) = (x + right, y + down);
                if (x < 0 || y < 0 || x >= _width || y >= _height) return 255;
                if (!_isPrint[y * _width + x]) return source[At(x, y)];
            }

            return 255;
        }
    }

    /// <summary>Brightness of each pixel as share of the paper's.</summary>
    private float[] Shares(PreparedPage page, double scale)
    {
        var shares = new float[_width * _height];
        var pitch = 4L * Leptonica.pixGetWpl(page.Grey);
        var data = (byte*)Leptonica.pixGetData(page.Grey);
        for (var y = 0; y < _height; y++)
        {
            var row = data + (_top + y) * pitch;
            var cell = (int)((_top + y) / scale / PaperMap.CellHeight);
            for (var x = 0; x < _width; x++)
            {
                var paper = page.PaperMap.At((int)((_left + x) / scale / PaperMap.CellWidth), cell);
                shares[y * _width + x] = (float)(row[(_left + x) ^ 3] / Math.Max(1, paper));
            }
        }

        GC.KeepAlive(page.Grey);
        return shares;
    }

    private int Pixels(double millimetres) => (int)Math.Round(millimetres * _resolution / 25.4);

    private bool Mark(float[] shares, double tone)
    {
        int nearby = Pixels(Nearby), edge = Pixels(Edge);
        int ink = 0, dark = 0, stamp = 0, even = 0;
        for (var i = 0; i < shares.Length; i++)
        {
            if (shares[i] >= Ink) continue;
            ink++;
            if (shares[i] < Print * tone) dark++;
            if (shares[i] < PrintNearby * tone && IsDarkNearby(i % _width, i / _width)) Around(i % _width, i / _width, edge, IsPrint);
        }

        for (var i = 0; i < shares.Length; i++)
        {
            if (_isPrint[i] || shares[i] >= Ink) continue;
            stamp++;
            if (shares[i] > Darker * tone && shares[i] < Lighter * tone) even++;
        }

        return dark >= LeastPrint * ink && stamp >= LeastStamp * ink && even >= LeastEven * stamp;

        bool IsPrint(int row, int from, int to)
        {
            _isPrint.AsSpan(row * _width + from, to - from).Fill(true);
            return false; // on to the next row
        }

        bool IsDarkNearby(int x, int y) => Around(x, y, nearby, (row, from, to) =>
        {
            foreach (var share in shares.AsSpan(row * _width + from, to - from))
                if (share < Print * tone) return true;
            return false;
        });
    }

    /// <summary>Looks at the rows of a square, from one column up to another, until one is what is looked for.</summary>
    private bool Around(int x, int y, int reach, Func<int, int, int, bool> isIt)
    {
        for (var row = Math.Max(0, y - reach); row <= Math.Min(_height - 1, y + reach); row++)
            if (isIt(row, Math.Max(0, x - reach), Math.Min(_width, x + reach + 1))) return true;
        return false;
    }
}
