using System.Diagnostics;
using Postlotse.Engines.Child.Cleaning;
using Postlotse.Engines.Child.Codes;
using Postlotse.Engines.Child.Images;
using Postlotse.Engines.Native;
using Postlotse.Engines.Protocol;
using Postlotse.Letters;
using Postlotse.Recognition;

namespace Postlotse.Engines.Child;

/// <summary>
/// Reads one page: decodes the scan, turns it upright, makes it straight, cleans a copy of it and reads that. The scan goes into the
/// PDF as it lies.
/// </summary>
internal sealed class PageReader(OcrEngine engine, FurtherLanguages further, long maximumPixels)
{
    /// <summary>Resolution the engine reads well and fastest at (ADR 0002).</summary>
    private const double ReadingResolution = 210;

    /// <summary>Coarser scans (fax, screen captures) are brought up to the finer one, for small letters have too few pixels.</summary>
    private const double CoarseResolution = 190, FinerResolution = 220;

    /// <summary>No letter of a smaller image could be read; native code is spared the freak.</summary>
    private const int LeastPixels = 64;

    private const double LeastMillimetres = 10;

    private const double LeastSkew = 0.05, SureSkew = 2.5;

    /// <summary>With the paper at 200, what becomes black and what white for the engine.</summary>
    private const double DarkestTone = 60, BrightestTone = 185;

    /// <summary>So clear only lines of print lean, not edges; they are not looked for the other way then.</summary>
    private const double ClearSkew = 5;

    /// <summary>Reading that is so good that the page cannot be the wrong way up.</summary>
    private const double GoodShare = 0.4, GoodLetters = 15; // the wrong way up: at most 0.12 of the sample pages

    private readonly CodeScanner _codes = new();

    public ChildAnswer Read(ChildRequest request)
    {
        var clock = Stopwatch.StartNew();
        using var source = SourceImage.Read(request.File, request.Index, (request.Width, request.Height), maximumPixels);
        // Inside a PDF nobody looks at what the camera noted.
        var (turn, mirrored) = request is { Turn: 0, Width: 0 } && source.JpegHeader is { } header
            ? FromExif(header.Orientation) : (request.Turn, false);
        using var pixels = mirrored ? source.Pixels.Mirror() : null;
        var scan = pixels ?? source.Pixels;
        var isFreak = Math.Min(scan.Width, scan.Height) < LeastPixels;
        using var page = isFreak ? null : PreparedPage.From(scan, source.DotsPerInchX, source.DotsPerInchY);
        var written = page is not null && request is { Text: { } text, Rotation: null } ? DocumentText.Shown(page, text) : null;
        var read = page is null ? new([], request.Rotation ?? turn, 0, PreparedPage.WorkingResolution, true)
            : written is null || request.TextDoubtful ? Read(page, turn, request.Rotation) : new([], turn, 0, page.Resolution, false);
        if (written is not null && request.TextDoubtful && (read.Turn != turn || !DocumentText.Agrees(written, read.Words))) written = null;
        var (width, height) = (Millimetres(scan.Width, source.DotsPerInchX), Millimetres(scan.Height, source.DotsPerInchY));
        var recognised = Recognised(read, request.Number, read.Turn is 90 or 270 ? (height, width) : (width, height));
        if (page is not null && !read.Blank)
        {
            var barcodes = PageCodes.Find(page, _codes, read.Turn, read.Correction);
            recognised = recognised with { Barcodes = barcodes, Scan = written is null ? ScanMeasures.Of(page) : null };
        }

        if (written is not null) recognised = WithText(recognised with { SkewDegrees = 0, Blank = false }, page!, written);
        var image = PdfImageMaker.Make(scan, source, page, request, mirrored);
        return new(
            request.Id, ChildOutcome.Read, Page: recognised, CodesUnread: _codes.IsMissing, Image: image, Suspicious: source.Suspicious,
            Milliseconds: Math.Round(clock.Elapsed.TotalMilliseconds, 1));
    }

    /// <summary>A sheet has some size, whatever a file says.</summary>
    private static double Millimetres(int pixels, double resolution) => Math.Max(LeastMillimetres, pixels / resolution * 25.4);

    private static RecognisedPage Recognised(PageReading read, int number, (double Width, double Height) size)
    {
        var (lines, text) = PageText.Assemble(read.Words, read.Resolution);
        return new()
        {
            Number = number, Language = PrevailingLanguage.Of(text),
            Width = Math.Round(size.Width, 2), Height = Math.Round(size.Height, 2), Rotation = read.Turn,
            SkewDegrees = Math.Round(-read.Correction, 3), Blank = read.Blank, Lines = lines, Text = text,
            MeanConfidence = Math.Round(PageText.MeanConfidence(lines), 4),
        };
    }

    /// <summary>Words of the document, and what is read besides where more is printed than they say.</summary>
    private RecognisedPage WithText(RecognisedPage recognised, PreparedPage page, IReadOnlyList<TextLine> written)
    {
        IReadOnlyList<TextLine> lines = written;
        if (DocumentText.HasOtherPrint(page, written))
        {
            var scale = Math.Min(1, ReadingResolution / page.Resolution);
            using var rest = Clean(page, 0, scale);
            DocumentText.Erase(rest, written, page.Resolution * scale);
            lines = DocumentText.Supplemented(written, engine.Read(rest), page.Resolution * scale);
        }

        var text = PageText.Running(lines);
        return recognised with
        {
            TextSource = TextSource.Document, Lines = lines, Text = text, Language = PrevailingLanguage.Of(text),
            MeanConfidence = Math.Round(PageText.MeanConfidence(lines), 4),
        };
    }

    /// <summary>Turn and mirroring that a camera or scanner asks for (EXIF 2.3, 4.6.4 A, orientation).</summary>
    private static (int Turn, bool Mirrored) FromExif(int orientation) => orientation switch
    {
        2 => (0, true),
        3 => (180, false),
        4 => (180, true),
        5 => (270, true),
        6 => (90, false),
        7 => (90, true),
        8 => (270, false),
        _ => (0, false),
    };

    private PageReading Read(PreparedPage page, int fileTurn, int? stated)
    {
        var spots = page.Sketch.Spots();
        var blank = Blankness.IsBlank(spots, page.Sketch.Width, page.Sketch.Height, page.SketchScale);
        if (blank) return new([], stated ?? fileTurn, 0, page.Resolution, true);
        var correction = FindLean(page.Sketch);
        using var straight = Math.Abs(correction) >= 0.5 ? page.Sketch.Rotate(correction) : null;
        var (turn, sure) = stated is { } given ? (given, true) : Orientation.Detect(straight ?? page.Sketch);
        var scale = page.Resolution < CoarseResolution
            ? FinerResolution / page.Resolution : Math.Min(1, ReadingResolution / page.Resolution);
        var layers = Stamp.Separate(page);
        using var print = layers?.Print;
        using var stamps = layers?.Stamps;
        using var cleaned = Clean(page, correction, scale, print);
        var lying = new PageReading([], 0, correction, page.Resolution * scale, false);
        var read = sure ? ReadTurned(cleaned, lying, turn) : ReadUnsure(cleaned, lying, fileTurn, turn);
        using var rest = sure || read.IsGood ? null : Pictures.Remove(page);
        if (rest is not null)
        {
            using var captions = Clean(page, correction, scale, rest);
            if (ReadUnsure(captions, lying, fileTurn, turn) is var caption && caption.Score > read.Score) read = caption;
        }

        read = read with { Words = further.Better(read.Words, other => ReadTurned(cleaned, read, read.Turn, other).Words) };
        if (stamps is null) return read;
        using var stamped = Clean(page, correction, scale, stamps);
        return read with { Words = [.. read.Words, .. ReadTurned(stamped, read, read.Turn).Words] };
    }

    /// <summary>Clockwise turn that makes lines straight; along either edge, for it is not known yet which way they run.</summary>
    private static double FindLean(Pix sketch)
    {
        var (degrees, confidence) = sketch.FindSkew();
        if (confidence < ClearSkew)
        {
            using var turned = sketch.Turn(90);
            var other = turned.FindSkew();
            if (other.Confidence > confidence) (degrees, confidence) = other;
        }

        return confidence >= SureSkew && Math.Abs(degrees) >= LeastSkew ? degrees : 0;
    }

    /// <summary>Little print: the turn the file asks for, unless another reads clearly better.</summary>
    private PageReading ReadUnsure(Pix cleaned, PageReading lying, int fileTurn, int guess)
    {
        var best = ReadTurned(cleaned, lying, fileTurn);
        foreach (var turn in new[] { guess, (fileTurn + 180) % 360, (fileTurn + 90) % 360, (fileTurn + 270) % 360 }.Distinct())
        {
            if (best.IsGood) return best;
            if (turn == fileTurn) continue;
            var other = ReadTurned(cleaned, lying, turn);
            if (other.Score > 1.3 * best.Score + 1) best = other;
        }

        return best;
    }

    private PageReading ReadTurned(Pix cleaned, PageReading lying, int turn, OcrEngine? other = null)
    {
        using var image = cleaned.Turn(turn);
        var resolution = (int)Math.Round(lying.Resolution);
        Pix.Check(Leptonica.pixSetResolution(image, resolution, resolution), "pixSetResolution");
        return lying with { Words = (other ?? engine).Read(image), Turn = turn };
    }

    /// <summary>
    /// Straight, without noise, with a white background; strokes keep their shades. All but the rotation is one pass.
    /// </summary>
    private static Pix Clean(PreparedPage page, double correction, double scale, Pix? grey = null)
    {
        var tones = page.PaperMap.Tones(DarkestTone, BrightestTone);
        var smooth = Reduction.Smooth(grey ?? page.Grey, scale, tones, page.SketchScale / page.Resolution);
        if (correction == 0) return smooth;
        using (smooth) return smooth.Rotate(correction);
    }

    /// <summary>What was read at one turn of the page.</summary>
    /// <param name="Words">In pixels.</param>
    /// <param name="Turn">Clockwise turn of the scan.</param>
    /// <param name="Correction">Further clockwise turn in degrees that made it straight.</param>
    /// <param name="Resolution">Dots per inch of the image that was read.</param>
    /// <param name="Blank">Nothing is on the page.</param>
    private sealed record PageReading(IReadOnlyList<OcrWord> Words, int Turn, double Correction, double Resolution, bool Blank)
    {
        public double Score => OcrWord.Score(Words);

        public bool IsGood => Score is >= GoodLetters and var score && score >= GoodShare * Words.Sum(w => w.Text.Length);
    }
}
