using System.Text;
using Postlotse.Pdf.Low;

namespace Postlotse.Pdf;

/// <summary>
/// Writes a searchable PDF/A (ISO 19005-2, level u) page by page: each page one image as it is under an invisible text layer. With files
/// in it, it is one of ISO 19005-3. Pages of such a document can be copied into another; its files are not copied with them.
/// Streaming, so memory does not grow with the images; the same input always gives the same bytes.
/// </summary>
public sealed class PdfArchiveWriter : IDisposable
{
    private readonly PdfObjects _objects;
    private readonly PdfInfo _info;
    private readonly PdfConformance _conformance;
    private readonly GlyphCodes _codes = new();
    private readonly List<int> _pages = [];
    private readonly EmbeddedFiles _files;
    private readonly int _tree;
    private int _font;

    /// <summary>Begins a document.</summary>
    /// <param name="output">Written from its present position; stays open.</param>
    /// <param name="info">Metadata.</param>
    /// <param name="conformance">Which PDF/A the file says it is.</param>
    public PdfArchiveWriter(Stream output, PdfInfo info, PdfConformance conformance = PdfConformance.A2u)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(info);
        _objects = new(output);
        (_info, _conformance) = (
            info with { Title = Xmp.Clean(info.Title), Author = Xmp.Clean(info.Author), Producer = Xmp.Clean(info.Producer) }, conformance);
        _files = new(_objects, info.Date);
        _objects.Header(conformance == PdfConformance.A1b ? "1.4" : "1.7");
        _tree = _objects.Reserve();
    }

    /// <inheritdoc/>
    public void Dispose() => _objects.Dispose();

    /// <summary>Appends a page.</summary>
    /// <exception cref="ArgumentException">Size or rotation out of range.</exception>
    public void AddPage(PdfPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (page.Rotation is not (0 or 90 or 180 or 270)) throw new ArgumentException("rotation " + page.Rotation, nameof(page));
        if (!(page.Width is >= 1 and <= 5000 && page.Height is >= 1 and <= 5000)) // a PDF page may have 14 400 points, 5080 mm
            throw new ArgumentException($"page of {page.Width} × {page.Height} mm", nameof(page));
        if (_font == 0) _font = _objects.Reserve();
        int number = _objects.Reserve(), image = _objects.Reserve(), content = _objects.Reserve();
        WriteImage(image, page.Image);
        _objects.WriteDeflated(content, "", Encoding.Latin1.GetBytes(TextLayer.Content(page, _codes)));
        var box = $"[0 0 {Spell.Number(page.Width * Spell.PointsPerMillimetre)} {Spell.Number(page.Height * Spell.PointsPerMillimetre)}]";
        _objects.Write(number, Spell.Format(
            $"<</Type/Page/Parent {_tree} 0 R/MediaBox{box}/Rotate {page.Rotation}/Contents {content} 0 R") + Spell.Format(
            $"/Resources<</XObject<</I {image} 0 R>>/Font<</F {_font} 0 R>>>>>>"));
        _pages.Add(number);
    }

    /// <summary>
    /// Appends pages of another document as they are, with all they refer to: images, text and fonts are copied byte by byte.
    /// </summary>
    /// <param name="source">Document that this class wrote.</param>
    /// <param name="firstPage">1-based.</param>
    /// <param name="pageCount">At least 1.</param>
    /// <exception cref="InvalidDataException">There are no such pages, or an object is not as this class writes it.</exception>
    public void AddPages(PdfSource source, int firstPage, int pageCount)
    {
        ArgumentNullException.ThrowIfNull(source);
        var numbers = new Dictionary<int, int>();
        var waiting = new Queue<int>();
        for (var page = firstPage; page < firstPage + pageCount; page++)
        {
            _pages.Add(Map(source.PageObject(page)));
            while (waiting.TryDequeue(out var next)) Copy(source, next, numbers[next], Map);
        }

        int Map(int number)
        {
            if (numbers.TryGetValue(number, out var known)) return known;
            waiting.Enqueue(number);
            return numbers[number] = _objects.Reserve();
        }
    }

    private void Copy(PdfSource source, int from, int to, Func<int, int> map)
    {
        var (body, data) = source.Read(from);
        // The page's own tree is this document's; the other one's would lead to all its pages.
        if (body.StartsWith("<</Type/Page/", StringComparison.Ordinal))
        {
            var parent = body.IndexOf("/Parent ", StringComparison.Ordinal);
            var end = parent < 0 ? -1 : body.IndexOf('R', parent);
            if (end < 0) throw new InvalidDataException("a page without its tree");
            body = body[..parent] + PdfSource.Renumber(body[(end + 1)..], map);
            body = body.Insert(parent, Spell.Format($"/Parent {_tree} 0 R"));
        }
        else
        {
            body = PdfSource.Renumber(body, map);
        }

        if (data is { } stream) _objects.WriteCopied(to, body, sink => source.CopyTo(sink, stream.Start, stream.Length));
        else _objects.Write(to, body);
    }

    /// <summary>Puts a file into the document.</summary>
    /// <exception cref="InvalidOperationException">The document is not PDF/A-3, the only part that allows files of any kind.</exception>
    /// <exception cref="ArgumentException">The name is empty or was used, or the media type is none.</exception>
    public void AddFile(PdfFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (_conformance != PdfConformance.A3u) throw new InvalidOperationException("files in a PDF/A need part 3");
        _files.Add(file);
    }

    /// <summary>Writes what all pages share and the end of the file.</summary>
    /// <exception cref="InvalidOperationException">No page was added.</exception>
    public void Finish()
    {
        if (_pages.Count == 0) throw new InvalidOperationException("a PDF has at least one page");
        var kids = string.Join(' ', _pages.Select(p => Spell.Format($"{p} 0 R")));
        _objects.Write(_tree, Spell.Format($"<</Type/Pages/Count {_pages.Count}/Kids[{kids}]>>"));
        if (_font != 0) WriteFont();
        int profile = _objects.Reserve(), metadata = _objects.Reserve(), information = _objects.Reserve(), catalogue = _objects.Reserve();
        _objects.WriteDeflated(profile, "/N 3", SrgbProfile.Create());
        // Unpacked, so that any tool finds it.
        _objects.WriteStream(metadata, "/Type/Metadata/Subtype/XML", Xmp.Create(_info, _conformance));
        var date = Spell.Date(_info.Date);
        var author = _info.Author.Length == 0 ? "" : "/Author " + Spell.Text(_info.Author);
        var names = $"/Title {Spell.Text(_info.Title)}{author}/Producer {Spell.Text(_info.Producer)}";
        _objects.Write(information, $"<<{names}/CreationDate{date}/ModDate{date}>>");
        _objects.Write(catalogue, Catalogue(profile, metadata));
        _objects.Trailer(catalogue, information);
    }

    private string Catalogue(int profile, int metadata)
    {
        var language = _info.Language.Length == 0 ? "" : "/Lang" + Spell.Text(_info.Language);
        return Spell.Format($"<</Type/Catalog/Pages {_tree} 0 R/Metadata {metadata} 0 R{language}{_files.Catalogue()}") +
            "/ViewerPreferences<</DisplayDocTitle true>>" +
            "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)" +
            Spell.Format($"/DestOutputProfile {profile} 0 R>>]>>");
    }

    private void WriteImage(int number, PdfImage image)
    {
        var (space, bits) = image.Colour switch
        {
            PdfColour.BlackWhite => ("DeviceGray", 1),
            PdfColour.Grey => ("DeviceGray", 8),
            _ => ("DeviceRGB", 8),
        };
        var filter = image.Coding switch
        {
            PdfCoding.Jpeg => "/Filter/DCTDecode",
            PdfCoding.FaxGroup4 => $"/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns {image.Width}/Rows {image.Height}>>",
            _ => "/Filter/FlateDecode",
        };
        var entries = $"/Type/XObject/Subtype/Image/Width {image.Width}/Height {image.Height}" +
            $"/ColorSpace/{space}/BitsPerComponent {bits}{filter}";
        using var data = image.Open();
        _objects.CopyStream(number, entries, data, deflate: image.Coding == PdfCoding.Raw);
    }

    private void WriteFont()
    {
        int character = _objects.Reserve(), descriptor = _objects.Reserve(), file = _objects.Reserve(), unicode = _objects.Reserve();
        var glyphs = _objects.Reserve();
        _objects.Write(_font, Spell.Format($"<</Type/Font/Subtype/Type0/BaseFont/GlyphLessFont/Encoding/Identity-H") + Spell.Format(
            $"/DescendantFonts[{character} 0 R]/ToUnicode {unicode} 0 R>>"));
        _objects.Write(character, "<</Type/Font/Subtype/CIDFontType2/BaseFont/GlyphLessFont/DW 500" +
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>" + Spell.Format(
            $"/FontDescriptor {descriptor} 0 R/CIDToGIDMap {glyphs} 0 R>>"));
        _objects.Write(descriptor, "<</Type/FontDescriptor/FontName/GlyphLessFont/Flags 5/FontBBox[0 0 500 1000]" + Spell.Format(
            $"/ItalicAngle 0/Ascent 1000/Descent 0/CapHeight 1000/StemV 80/FontFile2 {file} 0 R>>"));
        var font = Resource("glyphless.ttf");
        _objects.WriteDeflated(file, Spell.Format($"/Length1 {font.Length}"), font);
        _objects.WriteDeflated(unicode, "", _codes.ToUnicode());
        _objects.WriteDeflated(glyphs, "", _codes.ToGlyphs());
    }

    private static byte[] Resource(string name)
    {
        using var stream = typeof(PdfArchiveWriter).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException("resource " + name + " is missing");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
