namespace Postlotse.Responsibility.Knowledge;

/// <summary>
/// A concern (Anliegen) that people write to a city about, as the knowledge pack describes it: independent of any one city.
/// The format is explained in data/knowledge/README.md.
/// </summary>
public sealed record Concern
{
    /// <summary>Field of work and slug, for instance "verkehr.bewohnerparkausweis-anwohnerparken"; never changed once published.</summary>
    public required string Id { get; init; }

    /// <summary>Short German title, shown to clerks as a reason.</summary>
    public required string Title { get; init; }

    /// <summary>One German sentence on what people want.</summary>
    public string Definition { get; init; } = "";

    /// <summary>Number of the office in the KGSt model plan; empty for other authorities.</summary>
    public string Task { get; init; } = "";

    /// <summary>Keys of the German catalogue of public services (LeiKa), where known.</summary>
    public IReadOnlyList<string> Leika { get; init; } = [];

    /// <summary>Kind of office that usually does it; without a name for a vague concern.</summary>
    public required OfficeKind Office { get; init; }

    /// <summary>Other kinds of office that do it in some cities: names of offices (<see cref="Office"/>) of the same pack.</summary>
    public IReadOnlyList<string> OtherOffices { get; init; } = [];

    /// <summary>Words and turns as people use them.</summary>
    public IReadOnlyList<string> Phrases { get; init; } = [];

    /// <summary>Invented passages of letters in different voices.</summary>
    public IReadOnlyList<string> Utterances { get; init; } = [];

    /// <summary>Who writes about it.</summary>
    public IReadOnlyList<string> Senders { get; init; } = [];

    /// <summary>What is usually enclosed.</summary>
    public IReadOnlyList<string> Enclosures { get; init; } = [];

    /// <summary>What it is confused with.</summary>
    public IReadOnlyList<Neighbour> Neighbours { get; init; } = [];

    /// <summary>Usually the business of an authority outside the city.</summary>
    public bool External { get; init; }

    /// <summary>Letters from which nobody can tell who is meant: no kind of office does it, <see cref="Office"/> has no name.</summary>
    public bool Vague { get; init; }
}

/// <summary>A kind of office under its usual name and its other names in German cities.</summary>
public sealed record OfficeKind(string Name, IReadOnlyList<string> Synonyms);

/// <summary>A concern that is easily confused, and what tells the two apart.</summary>
public sealed record Neighbour(string Id, string Difference);
