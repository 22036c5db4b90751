using System.Globalization;
using System.Text.Json;
using Postlotse.Engines.Pool;
using Postlotse.Letters;

namespace Postlotse.Engines.Documents;

/// <summary>What the objects of a PDF say besides its pages, by qpdf's JSON of version 2; foreign data, taken with limits.</summary>
/// <param name="HasSignatures">A signature is in it.</param>
/// <param name="HasFiles">Files are embedded.</param>
/// <param name="HasActiveContent">
/// Scripts, or actions that start programs, send or fetch data or play media; links that a person has to click are none.
/// </param>
/// <param name="IsDynamicForm">The pages are only built by the maker's own program (ISO 32000-1, 12.7.8, NeedsRendering).</param>
/// <param name="IsPortfolio">A collection of files (ISO 32000-1, 12.3.5).</param>
/// <param name="Notes">Texts of annotations that are no print of the page.</param>
internal sealed record PdfStructure(
    bool HasSignatures, bool HasFiles, bool HasActiveContent, bool IsDynamicForm, bool IsPortfolio, IReadOnlyList<PageNote> Notes)
{
    private const int MostNotes = 200, LongestNote = 4000, DeepestTree = 64, MostPages = 10_000, MostAnnotations = 50_000;

    private static readonly HashSet<string> ActiveKinds = new(
        ["/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/Movie", "/Sound", "/RichMediaExecute"],
        StringComparer.Ordinal);

    /// <summary>Annotations whose text shows only when a reader opens them; the others draw theirs, link or belong to a form.</summary>
    private static readonly HashSet<string> Notable = new(
        ["/Text", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Caret", "/Ink", "/Stamp", "/FileAttachment"],
        StringComparer.Ordinal);

    /// <summary>Null when it is no such JSON.</summary>
    public static PdfStructure? Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new() { MaxDepth = 512 });
            var objects = document.RootElement.GetProperty("qpdf")[1];
            return new Reader(objects).Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private sealed class Reader(JsonElement objects)
    {
        private readonly PdfObjectTable _objects = new(objects);
        private readonly List<PageNote> _notes = [];
        private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
        private bool _signatures, _files, _active;
        private int _page, _annotations;

        public PdfStructure Read()
        {
            foreach (var item in objects.EnumerateObject()) Scan(PdfObjectTable.Body(item.Value));
            var root = Dictionary(Member(objects.GetProperty("trailer").GetProperty("value"), "/Root"));
            if (Dictionary(Member(root, "/OpenAction")) is { } opening) _active |= Kind(opening, "/S") is "/URI" or "/GoToR" or "/GoToE";
            WalkPages(Member(root, "/Pages"), 0);
            return new(
                _signatures, _files, _active, Member(root, "/NeedsRendering") is { ValueKind: JsonValueKind.True },
                Dictionary(Member(root, "/Collection")) is not null, _notes);
        }

        private void Scan(JsonElement value)
        {
            if (value.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in value.EnumerateArray()) Scan(item);
                return;
            }

            if (value.ValueKind != JsonValueKind.Object) return;
            _active |= ActiveKinds.Contains(Kind(value, "/S")) || value.TryGetProperty("/JS", out _)
                || Kind(value, "/Subtype") is "/RichMedia" or "/Screen" or "/Movie";
            _files |= value.TryGetProperty("/EF", out _);
            _signatures |= value.TryGetProperty("/ByteRange", out _);
            foreach (var member in value.EnumerateObject()) Scan(member.Value);
        }

        private void WalkPages(JsonElement? node, int depth)
        {
            if (node is { ValueKind: JsonValueKind.String } reference && !_seen.Add(reference.GetString()!)) return;
            if (Dictionary(node) is not { } pages || depth > DeepestTree || _page >= MostPages) return;
            if (Resolve(Member(pages, "/Kids")) is { ValueKind: JsonValueKind.Array } kids)
            {
                foreach (var kid in kids.EnumerateArray()) WalkPages(kid, depth + 1);
                return;
            }

            _page++;
            if (Resolve(Member(pages, "/Annots")) is not { ValueKind: JsonValueKind.Array } annotations) return;
            foreach (var annotation in annotations.EnumerateArray().TakeWhile(_ => ++_annotations <= MostAnnotations))
                AddNote(Dictionary(annotation));
        }

        private void AddNote(JsonElement? annotation)
        {
            if (annotation is null || _notes.Count >= MostNotes || !Notable.Contains(Kind(annotation.Value, "/Subtype"))) return;
            var text = Resolve(Member(annotation, "/Contents")) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : "";
            if (!text.StartsWith("u:", StringComparison.Ordinal)) return;
            var clean = Plain(text[2..Math.Min(text.Length, LongestNote + 2)]);
            if (clean.Length > 0) _notes.Add(new(_page, clean));
        }

        private static string Plain(string text) => new string([.. text.ReplaceLineEndings("\n").Where(IsPlain)]).Trim();

        private static bool IsPlain(char c) => c == '\n' || CharUnicodeInfo.GetUnicodeCategory(c)
            is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate);

        private static string Kind(JsonElement dictionary, string key) =>
            dictionary.TryGetProperty(key, out var kind) && kind.ValueKind == JsonValueKind.String ? kind.GetString()! : "";

        private static JsonElement? Member(JsonElement? dictionary, string key) =>
            dictionary is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(key, out var value) ? value : null;

        private JsonElement? Dictionary(JsonElement? value) => Resolve(value) is { ValueKind: JsonValueKind.Object } found ? found : null;

        private JsonElement? Resolve(JsonElement? value) => value is { } known ? _objects.Resolve(known) : null;
    }
}
