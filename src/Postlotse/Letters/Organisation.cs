namespace Postlotse.Letters;

/// <summary>A city's organisation as read from ORG.json: any structure, any depth. Read it with <c>OrganisationFile</c>.</summary>
public sealed record Organisation
{
    public required string City { get; init; }

    /// <summary>Its Land, by German name or ISO 3166-2 code; empty: unknown. Says which holidays move a time limit.</summary>
    public string State { get; init; } = "";

    /// <summary>Holidays of the municipality alone: assumption, corpusChristi, peaceFestival.</summary>
    public IReadOnlyList<string> LocalHolidays { get; init; } = [];

    /// <summary>Offices and the parts of the tree above them.</summary>
    public required IReadOnlyList<Unit> Units { get; init; }

    /// <summary>Authorities outside the city that letters wrongly sent here are meant for.</summary>
    public IReadOnlyList<ExternalAuthority> ExternalAuthorities { get; init; } = [];

    public IReadOnlyList<string> Districts { get; init; } = [];

    /// <summary>The unit of that id; null when there is none.</summary>
    public Unit? UnitById(string id) => Units.FirstOrDefault(u => string.Equals(u.Id, id, StringComparison.Ordinal));

    /// <summary>Name of a unit or external authority for people; the id itself when it is unknown (after a re-organisation).</summary>
    public string NameOf(string id) => UnitById(id)?.Name
        ?? ExternalAuthorities.FirstOrDefault(a => string.Equals(a.Id, id, StringComparison.Ordinal))?.Name ?? id;

    /// <summary>Whether letters can be delivered to that id: a unit with tasks, or an external authority.</summary>
    public bool IsTarget(string id) => UnitById(id) is { Tasks.Count: > 0 }
        || IsExternal(id);

    /// <summary>Whether the id is that of an authority outside the city.</summary>
    public bool IsExternal(string id) => ExternalAuthorities.Any(a => string.Equals(a.Id, id, StringComparison.Ordinal));
}

/// <summary>A unit (Organisationseinheit). Letters are routed to it when it has tasks.</summary>
public sealed record Unit
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string Kind { get; init; } = "";

    /// <summary>Id of the unit above; null at the top.</summary>
    public string? Parent { get; init; }

    public Handling Handling { get; init; } = Handling.Open;

    public UnitAddress? Address { get; init; }

    public IReadOnlyList<string> Tasks { get; init; } = [];
}

/// <summary>An authority outside the city.</summary>
public sealed record ExternalAuthority
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public IReadOnlyList<string> Tasks { get; init; } = [];
}

/// <summary>Postal address of a unit.</summary>
public sealed record UnitAddress(string Street = "", string PostalCode = "", string City = "");

/// <summary>How a unit's mail is handled.</summary>
public enum Handling
{
    /// <summary>Opened by the mailroom.</summary>
    Open,

    /// <summary>Opened, seen only by the office.</summary>
    Confidential,

    /// <summary>Never opened, delivered by its envelope.</summary>
    Sealed,
}
