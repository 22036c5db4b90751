using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Postlotse.Letters;

namespace Postlotse.Responsibility;

/// <summary>
/// Reads ORG.json: any structure, any depth. A bad file is normal: then there is no organisation but a list of what is wrong, where,
/// and what to do. Unknown members are ignored.
/// </summary>
public static class OrganisationFile
{
    /// <summary>Largest file that is read, bytes.</summary>
    public const int MaxBytes = 32 * 1024 * 1024;

    private const int MaxProblems = 30;

    /// <summary>Reads from a stream to its end; UTF-8, with or without byte order mark.</summary>
    public static OrganisationReading Read(Stream utf8)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        using var memory = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int count; (count = utf8.Read(buffer)) > 0;)
        {
            memory.Write(buffer, 0, count);
            if (memory.Length > MaxBytes) return Wrong(Texts.Now("OrgTooLarge", MaxBytes / 1024 / 1024));
        }

        var bytes = memory.GetBuffer().AsMemory(0, (int)memory.Length);
        if (bytes.Span.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[Encoding.UTF8.Preamble.Length..];
        return Utf8.IsValid(bytes.Span) ? Parse(bytes) : Wrong(Texts.Now("OrgNotUtf8"));
    }

    /// <summary>Reads from text.</summary>
    public static OrganisationReading Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return Read(stream);
    }

    private static OrganisationReading Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            return new Parser().Parse(document.RootElement);
        }
        catch (JsonException e)
        {
            return Wrong(Texts.Now("OrgJson", (e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1));
        }
    }

    private static OrganisationReading Wrong(string problem) => new(null, [problem]);

    /// <summary>Goes through a document and gathers what is wrong.</summary>
    private sealed class Parser
    {
        private readonly List<string> _problems = [];

        public OrganisationReading Parse(JsonElement root)
        {
            if (root.ValueKind != JsonValueKind.Object) return Wrong(Texts.Now("OrgNotObject"));
            var file = Texts.Now("OrgRoot");
            if (!root.TryGetProperty("units", out _)) return Wrong(Texts.Now("OrgNoUnits"));
            var units = Entries(root, "units").Select(ReadUnit).OfType<Unit>().ToList();
            var authorities = Entries(root, "externalAuthorities").Select(ReadAuthority).OfType<ExternalAuthority>().ToList();
            var organisation = new Organisation
            {
                City = Text(root, "city", file), Units = units, ExternalAuthorities = authorities,
                Districts = List(root, "districts", file), State = Text(root, "state", file),
                LocalHolidays = List(root, "localHolidays", file),
            };
            CheckIds(organisation);
            CheckParents(units);
            if (_problems.Count == 0 && authorities.Count == 0 && units.TrueForAll(u => u.Tasks.Count == 0)) Add("OrgNoTarget");
            return _problems.Count == 0 ? new(organisation, []) : new(null, Shortened());
        }

        private Unit? ReadUnit(JsonElement unit, int index)
        {
            var where = Where("OrgUnit", index, unit);
            if (!IsObject(unit, where)) return null;
            var parent = Text(unit, "parent", where);
            return new()
            {
                Id = Required(unit, "id", where), Name = Required(unit, "name", where), Kind = Text(unit, "kind", where),
                Parent = parent.Length == 0 ? null : parent, Handling = ReadHandling(unit, where), Address = ReadAddress(unit, where),
                Tasks = List(unit, "tasks", where),
            };
        }

        private ExternalAuthority? ReadAuthority(JsonElement authority, int index)
        {
            var where = Where("OrgAuthority", index, authority);
            if (!IsObject(authority, where)) return null;
            return new()
            {
                Id = Required(authority, "id", where), Name = Required(authority, "name", where), Tasks = List(authority, "tasks", where),
            };
        }

        private Handling ReadHandling(JsonElement unit, string where)
        {
            var text = Text(unit, "handling", where);
            switch (text)
            {
                case "" or "open": return Handling.Open;
                case "confidential": return Handling.Confidential;
                case "sealed": return Handling.Sealed;
                default:
                    Add("OrgUnknownHandling", where, text);
                    return Handling.Open;
            }
        }

        private UnitAddress? ReadAddress(JsonElement unit, string where)
        {
            if (!unit.TryGetProperty("address", out var address) || address.ValueKind == JsonValueKind.Null) return null;
            if (address.ValueKind == JsonValueKind.Object)
                return new(Text(address, "street", where), Text(address, "postalCode", where), Text(address, "city", where));
            Add("OrgWrongType", where, "address", Texts.Now("OrgTypeObject"));
            return null;
        }

        private void CheckIds(Organisation organisation)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            var units = organisation.Units.Select((u, i) => (u.Id, Where: Texts.Now("OrgUnit", i)));
            var authorities = organisation.ExternalAuthorities.Select((a, i) => (a.Id, Where: Texts.Now("OrgAuthority", i)));
            foreach (var (id, where) in units.Concat(authorities))
                if (id.Length > 0 && !seen.Add(id)) Add("OrgDuplicateId", where, id);
        }

        private void CheckParents(List<Unit> units)
        {
            var parents = new Dictionary<string, string?>(StringComparer.Ordinal);
            foreach (var unit in units) parents.TryAdd(unit.Id, unit.Parent);
            for (var i = 0; i < units.Count; i++)
            {
                var where = Texts.Now("OrgUnitNamed", i, units[i].Id);
                if (units[i].Parent is { } parent && !parents.ContainsKey(parent)) Add("OrgUnknownParent", where, parent);
                else if (Cycle(units[i].Id, parents) is { } cycle) Add("OrgCycle", where, cycle);
            }
        }

        /// <summary>The way from a unit upwards back to itself; null when it ends at the top or runs into another's cycle.</summary>
        private static string? Cycle(string id, Dictionary<string, string?> parents)
        {
            var way = new List<string> { id };
            var seen = new HashSet<string>(StringComparer.Ordinal) { id };
            for (var at = parents[id]; at is not null && parents.TryGetValue(at, out var next); at = next)
            {
                way.Add(at);
                if (string.Equals(at, id, StringComparison.Ordinal)) return string.Join(" → ", way);
                if (!seen.Add(at)) return null;
            }

            return null;
        }

        private string Required(JsonElement element, string name, string where)
        {
            var before = _problems.Count;
            var text = Text(element, name, where);
            if (text.Length == 0 && _problems.Count == before) Add("OrgMissing", where, name);
            return text;
        }

        private string Text(JsonElement element, string name, string where)
        {
            if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return "";
            if (JsonText.Of(value) is { } text) return text.Trim();
            Add("OrgWrongType", where, name, Texts.Now("OrgTypeText"));
            return "";
        }

        private List<string> List(JsonElement element, string name, string where)
        {
            if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return [];
            if (JsonText.ListOf(value) is { } texts) return texts.Select(t => t.Trim()).Where(t => t.Length > 0).ToList();
            Add("OrgWrongType", where, name, Texts.Now("OrgTypeListOfTexts"));
            return [];
        }

        private List<JsonElement> Entries(JsonElement root, string name)
        {
            if (!root.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return [];
            if (value.ValueKind == JsonValueKind.Array) return [.. value.EnumerateArray()];
            Add("OrgWrongType", Texts.Now("OrgRoot"), name, Texts.Now("OrgTypeList"));
            return [];
        }

        private bool IsObject(JsonElement element, string where)
        {
            if (element.ValueKind == JsonValueKind.Object) return true;
            Add("OrgEntryNotObject", where);
            return false;
        }

        private static string Where(string text, int index, JsonElement entry) =>
            entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("id", out var id) && JsonText.Of(id) is { Length: > 0 } known
                ? Texts.Now(text + "Named", index, known) : Texts.Now(text, index);

        private void Add(string text, params object?[] values) => _problems.Add(Texts.Now(text, values));

        private List<string> Shortened() => _problems.Count <= MaxProblems ? _problems
            : [.. _problems.Take(MaxProblems), Texts.Now("OrgMore", _problems.Count - MaxProblems)];
    }
}

/// <summary>What reading gave: either an organisation, or what is wrong (for people, in their language).</summary>
public sealed record OrganisationReading(Organisation? Organisation, IReadOnlyList<string> Problems);
