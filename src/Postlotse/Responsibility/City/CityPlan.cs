using System.Text.Json.Serialization;
using Postlotse.Letters;

namespace Postlotse.Responsibility.City;

/// <summary>
/// What the organiser of a city lays down about responsibilities (Zuständigkeitsplan): who does which concern where the proposal is not
/// right, rules for certain letters, and the misroute rate that is promised. Independent of what was learned and of the knowledge.
/// </summary>
public sealed record CityPlan
{
    /// <summary>Nothing laid down: everything as proposed.</summary>
    public static CityPlan Empty { get; } = new();

    public IReadOnlyList<PlannedAssignment> Assignments { get; init; } = [];

    public IReadOnlyList<CityRule> Rules { get; init; } = [];

    /// <summary>Highest share of automatically delivered letters that may go to a wrong office, 0–0.2.</summary>
    public double HighestMisrouteRate { get; init; } = 0.01;

    /// <summary>Whether what is laid down from a first to a last day (null: always) holds on a day (null: no day in particular).</summary>
    internal static bool Holds(DateOnly? from, DateOnly? until, DateOnly? day) =>
        day is null || ((from ?? DateOnly.MinValue) <= day && day <= (until ?? DateOnly.MaxValue));
}

/// <summary>
/// A unit or external authority that does a concern's work. The rows of a concern that are valid on a day replace the proposal; a row
/// with districts or names holds only for letters of those.
/// </summary>
/// <param name="Concern">Id of the concern in the knowledge pack.</param>
/// <param name="Unit">Id of the unit or external authority.</param>
public sealed record PlannedAssignment(string Concern, string Unit)
{
    /// <summary>First day; null: always.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day; null: until further notice.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Districts of the organisation; none: the whole city.</summary>
    public IReadOnlyList<string> Districts { get; init; } = [];

    /// <summary>Initials of the sender's surname, "A-K" or "S"; empty: all.</summary>
    public string Names { get; init; } = "";

    /// <summary>Whether it holds on that day; on no day in particular everything holds.</summary>
    public bool HoldsOn(DateOnly? day) => CityPlan.Holds(From, Until, day);
}

/// <summary>
/// A rule of the organiser (Regel): letters that meet everything it states go to its unit, or to a person. What a letter says can meet
/// a rule, never change one.
/// </summary>
/// <param name="Id">Unique in the plan.</param>
/// <param name="Name">Shown to clerks as the reason.</param>
public sealed record CityRule(string Id, string Name)
{
    /// <summary>Where such letters go; null: to the offices of <see cref="Concern"/>, or else to a person.</summary>
    public string? Unit { get; init; }

    /// <summary>Concern whose offices such letters go to, whichever those are on that day; null: none is stated.</summary>
    public string? Concern { get; init; }

    /// <summary>Each of them must stand in subject or body; "*" at the end stands for any ending.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Must stand in the sender's block; empty: any sender.</summary>
    public string Sender { get; init; } = "";

    /// <summary>
    /// Shape of a number in reference, subject or body: "#" is a digit, "*" any number of letters, digits and "./-"; empty: none.
    /// </summary>
    public string Reference { get; init; } = "";

    /// <summary>Title or number that a form prints as its own, "#" and "*" as in <see cref="Reference"/>; empty: none.</summary>
    public string Form { get; init; } = "";

    /// <summary>Beginning of what a barcode of the letter says, "#" and "*" as in <see cref="Reference"/>; empty: none.</summary>
    public string Barcode { get; init; } = "";

    /// <summary>How that barcode is coded; null: anyhow.</summary>
    public BarcodeKind? BarcodeKind { get; init; }

    /// <summary>First day; null: always.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day; null: until further notice.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Whether it holds on that day; on no day in particular everything holds.</summary>
    public bool HoldsOn(DateOnly? day) => CityPlan.Holds(From, Until, day);

    /// <summary>Whether a person decides about such letters.</summary>
    [JsonIgnore]
    public bool IsForPerson => Unit is null && Concern is null;

    /// <summary>Whether a form or barcode has to be on the letter: print that anybody can copy, so that clear content may contradict it.
    /// </summary>
    [JsonIgnore]
    public bool IsByPrint => !string.IsNullOrWhiteSpace(Form) || !string.IsNullOrWhiteSpace(Barcode);

    /// <summary>A rule without any condition would take every letter.</summary>
    public bool StatesNothing =>
        Words.All(string.IsNullOrWhiteSpace) && string.IsNullOrWhiteSpace(Sender) && string.IsNullOrWhiteSpace(Reference) && !IsByPrint;
}
