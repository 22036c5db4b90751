using System.Globalization;
using System.Text.Json;
using Postlotse.Engines.Pool;

namespace Postlotse.Engines.Scans;

/// <summary>
/// Pages of a PDF that may be nothing but one image, by the objects that qpdf's JSON (version 2) tells of; foreign data. What draws
/// besides the page's content (annotations), cuts or recolours the image (masks, Decode) or depends on what is switched on (optional
/// content) makes a page no candidate. (ISO 32000-1, 7.7.3, 8.9.5, 12.5)
/// </summary>
internal sealed class ScanCandidates
{
    private const int DeepestTree = 64, MostPages = 100_000, MostImages = 100;

    /// <summary>Content that draws one image and invisible text is not longer, packed; unpacked at most a thousand times that.</summary>
    private const int LongestContent = 1 << 16, MostContents = 20;

    /// <summary>Looked at in a file; pages behind them are drawn.</summary>
    private const int MostAnnotations = 200_000;

    private readonly PdfObjectTable _objects;
    private readonly JsonElement _trailer;
    private readonly List<ScanCandidate?> _pages = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    private int _annotations;

    private ScanCandidates(JsonElement objects) =>
        (_objects, _trailer) = (new(objects), objects.GetProperty("trailer"));

    /// <summary>For each page in order its candidate or null; nothing when the JSON cannot be understood.</summary>
    public static IReadOnlyList<ScanCandidate?> Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new() { MaxDepth = 256 });
            var reader = new ScanCandidates(document.RootElement.GetProperty("qpdf")[1]);
            var root = reader.Member(reader._trailer.GetProperty("value"), "/Root");
            reader.Walk(reader.Member(root, "/Pages"), new(default, null, null), 0);
            return reader._pages;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException
            or FormatException)
        {
            return [];
        }
    }

    /// <summary>Walks the tree of pages; resources and boxes are handed down.</summary>
    private void Walk(JsonElement node, Inherited from, int depth)
    {
        var inherited = new Inherited(
            Member(node, "/Resources") is { ValueKind: JsonValueKind.Object } own ? own : from.Resources,
            Rectangle(Member(node, "/MediaBox")) ?? from.Media, Rectangle(Member(node, "/CropBox")) ?? from.Crop);
        if (Member(node, "/Kids") is not { ValueKind: JsonValueKind.Array } kids)
        {
            _pages.Add(Candidate(node, inherited));
            return;
        }

        foreach (var kid in kids.EnumerateArray())
        {
            if (depth > DeepestTree || _pages.Count > MostPages || kid.ValueKind != JsonValueKind.String || !_seen.Add(kid.GetString()!))
                throw new FormatException("pages");
            Walk(Resolve(kid), inherited, depth + 1);
        }
    }

    private ScanCandidate? Candidate(JsonElement page, Inherited inherited)
    {
        if (inherited.Media is not { } box || HasDrawnAnnotation(page) || Number(Member(page, "/UserUnit"), 1) != 1) return null;
        if (inherited.Crop is { } crop) box = box.Cut(crop);
        if (Contents(page) is not { Count: > 0 } contents) return null;
        var images = Members(Member(inherited.Resources, "/XObject")).Take(MostImages)
            .Where(o => Is(Member(Resolve(o.Value), "/Subtype"), "/Image")).ToList();
        if (images.Count != 1 || ObjectNumber(images[0].Value) is not { } number || !IsPlain(Resolve(images[0].Value))) return null;
        var fonts = Members(Member(inherited.Resources, "/Font")).Select(f => Member(Resolve(f.Value), "/Subtype"));
        // Glyphs of Type 3 are small pictures, drawn even where text is invisible.
        var isJpeg = HasFilter(Resolve(images[0].Value), "/DCTDecode", false);
        return new(images[0].Name, number, isJpeg, contents, box, fonts.All(f => !Is(f, "/Type3")));
    }

    private bool HasDrawnAnnotation(JsonElement page) => Member(page, "/Annots") switch
    {
        { ValueKind: JsonValueKind.Array } annotations => annotations.EnumerateArray().Select(Resolve)
            .Any(a => ++_annotations > MostAnnotations || !Is(Member(a, "/Subtype"), "/Link")
                || Member(a, "/AP").ValueKind != JsonValueKind.Undefined),
        { ValueKind: JsonValueKind.Undefined or JsonValueKind.Null } => false,
        _ => true,
    };

    private List<int>? Contents(JsonElement page)
    {
        if (!page.TryGetProperty("/Contents", out var contents)) return null;
        var resolved = Resolve(contents);
        var parts = resolved.ValueKind == JsonValueKind.Array ? resolved.EnumerateArray().ToList() : [contents];
        var numbers = parts.Select(ObjectNumber).OfType<int>().ToList();
        if (numbers.Count != parts.Count || numbers.Count > MostContents || !parts.All(p => HasFilter(Resolve(p), "/FlateDecode", true)))
            return null;
        return parts.Sum(p => Number(Member(Resolve(p), "/Length"), double.NaN)) is > 0 and <= LongestContent ? numbers : null;
    }

    /// <summary>Shown with all its pixels as they are.</summary>
    private bool IsPlain(JsonElement image)
    {
        string[] others = ["/Mask", "/SMask", "/SMaskInData", "/OC", "/Alternates"];
        if (others.Any(o => Member(image, o).ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))) return false;
        if (Member(image, "/ImageMask").ValueKind == JsonValueKind.True || !HasPlainColours(Member(image, "/ColorSpace"))) return false;
        return Member(image, "/Decode") switch
        {
            { ValueKind: JsonValueKind.Array } d => d.EnumerateArray().Select((v, i) => Number(v, -1) == i % 2).All(same => same),
            { ValueKind: JsonValueKind.Undefined or JsonValueKind.Null } => true,
            _ => false,
        };
    }

    private bool HasPlainColours(JsonElement space)
    {
        if (space.ValueKind != JsonValueKind.Array) return Is(space, "/DeviceGray") || Is(space, "/DeviceRGB");
        var parts = space.EnumerateArray().Select(Resolve).ToList();
        if (parts.Count != 2) return false;
        return Is(parts[0], "/CalGray") || Is(parts[0], "/CalRGB")
            || (Is(parts[0], "/ICCBased") && Number(Member(parts[1], "/N"), 0) is 1 or 3);
    }

    /// <summary>Whether this filter alone packs the stream, without parameters; or also none.</summary>
    private bool HasFilter(JsonElement stream, string name, bool orNone)
    {
        var filter = Member(stream, "/Filter");
        if (filter.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return orNone;
        if (Member(stream, "/DecodeParms").ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null)) return false;
        return Is(filter, name) || (filter.ValueKind == JsonValueKind.Array && filter.GetArrayLength() == 1 && Is(filter[0], name));
    }

    private PageBox? Rectangle(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != 4) return null;
        var n = value.EnumerateArray().Select(v => Number(Resolve(v), double.NaN)).ToList();
        var box = new PageBox(Math.Min(n[0], n[2]), Math.Min(n[1], n[3]), Math.Max(n[0], n[2]), Math.Max(n[1], n[3]));
        return box.Right - box.Left > 1 && box.Top - box.Bottom > 1 ? box : throw new FormatException("box");
    }

    private JsonElement Member(JsonElement dictionary, string key) =>
        dictionary.ValueKind == JsonValueKind.Object && dictionary.TryGetProperty(key, out var value) ? Resolve(value) : default;

    private static IEnumerable<JsonProperty> Members(JsonElement dictionary) =>
        dictionary.ValueKind == JsonValueKind.Object ? dictionary.EnumerateObject() : [];

    private JsonElement Resolve(JsonElement value) => _objects.Resolve(value);

    private static int? ObjectNumber(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString()!.Split(' ') is [var number, "0", "R"]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;

    private static bool Is(JsonElement value, string name) => value.ValueKind == JsonValueKind.String && value.ValueEquals(name);

    private static double Number(JsonElement value, double otherwise) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : otherwise;

    private readonly record struct Inherited(JsonElement Resources, PageBox? Media, PageBox? Crop);
}

/// <summary>A page that may be nothing but one image; its content decides.</summary>
/// <param name="Name">Of the image in the page's resources, with its slash.</param>
/// <param name="Image">Object number of the image.</param>
/// <param name="IsJpeg">Its data are a JPEG file.</param>
/// <param name="Contents">Object numbers of the content streams in order.</param>
/// <param name="Box">What is visible of the page, points.</param>
/// <param name="InvisibleTextIsInvisible">No font draws where text mode says to draw nothing.</param>
internal sealed record ScanCandidate(
    string Name, int Image, bool IsJpeg, IReadOnlyList<int> Contents, PageBox Box, bool InvisibleTextIsInvisible);

/// <summary>A rectangle on a page in points, the origin at the bottom left.</summary>
internal readonly record struct PageBox(double Left, double Bottom, double Right, double Top)
{
    /// <summary>How far edges may lie from each other that count as the same, points; less than a millimetre.</summary>
    private const double Slack = 2.5;

    public PageBox Cut(PageBox other) => new(
        Math.Max(Left, other.Left), Math.Max(Bottom, other.Bottom), Math.Min(Right, other.Right), Math.Min(Top, other.Top));

    public bool IsAbout(PageBox other) =>
        Math.Abs(Left - other.Left) <= Slack && Math.Abs(Bottom - other.Bottom) <= Slack
        && Math.Abs(Right - other.Right) <= Slack && Math.Abs(Top - other.Top) <= Slack;

    public bool Covers(PageBox other) =>
        Left <= other.Left + Slack && Bottom <= other.Bottom + Slack && Right >= other.Right - Slack && Top >= other.Top - Slack;
}
