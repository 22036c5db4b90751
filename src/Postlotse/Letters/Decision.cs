using System.Text.Json.Serialization;

namespace Postlotse.Letters;

/// <summary>
/// Who is responsible (Zuständigkeit) for a letter, with reasons. Property order is the order of the JSON contract.
/// </summary>
public sealed record Decision
{
    public required string Id { get; init; }

    public required Outcome Outcome { get; init; }

    /// <summary>First of the ranking; empty when nobody can tell.</summary>
    public required string Unit { get; init; }

    /// <summary>Probability that <see cref="Unit"/> is responsible, 0–1.</summary>
    public required double Probability { get; init; }

    /// <summary>The best five, falling probability, summing to at most 1.</summary>
    public required IReadOnlyList<RankedUnit> Ranking { get; init; }

    /// <summary>Further offices that the letter really concerns.</summary>
    public IReadOnlyList<string> AlsoConcerns { get; init; } = [];

    /// <summary>What led there, strongest first.</summary>
    public IReadOnlyList<Reason> Reasons { get; init; } = [];

    /// <summary>What speaks for the second of the ranking, strongest first; empty when it is far behind.</summary>
    public IReadOnlyList<Reason> RunnerUpReasons { get; init; } = [];

    /// <summary>Class of secrecy when the letter is not for everybody (for instance "sealed", "confidential"); else null.</summary>
    public string? Restriction { get; init; }

    /// <summary>Must not be opened or read, by its office's rule or an endorsement, whether or not an office is recognisable.</summary>
    [JsonIgnore]
    public bool MustStayClosed => Outcome == Outcome.Sealed || Restriction is Restrictions.Sealed or Restrictions.Personal;

    public IReadOnlyList<Deadline> Deadlines { get; init; } = [];

    public Urgency Urgency { get; init; } = Urgency.Normal;

    /// <summary>Why a person should see it soon, most urgent first.</summary>
    public IReadOnlyList<Flag> Flags { get; init; } = [];

    /// <summary>The soonest deadline that had not passed when the letter came; else the last one; null without any.</summary>
    public DateOnly? NextDeadline(DateTimeOffset receivedAt)
    {
        var day = DateOnly.FromDateTime(receivedAt.UtcDateTime);
        var dates = Deadlines.Select(d => d.Date).Order().ToList();
        return dates.Count == 0 ? null : dates.Find(d => d >= day) is { Year: > 1 } next ? next : dates[^1];
    }

    /// <summary>Time the decision took.</summary>
    public double Milliseconds { get; init; }

    /// <summary>Version of what decided (model, knowledge, rules); stored with the evidence, not part of the JSON contract.</summary>
    [JsonIgnore]
    public string DecidedBy { get; init; } = "";

    /// <summary>What a language model was asked; null: nothing. Stored with the evidence, not part of the JSON contract.</summary>
    [JsonIgnore]
    public LanguageModelVote? LanguageModel { get; init; }
}

/// <summary>What happens with the decision.</summary>
public enum Outcome
{
    /// <summary>Delivered without a person.</summary>
    Auto,

    /// <summary>A person decides; the ranking is the proposal.</summary>
    Review,

    /// <summary>Must not be opened or read: delivered by its envelope.</summary>
    Sealed,
}

/// <summary>Classes of secrecy in <see cref="Decision.Restriction"/>.</summary>
public static class Restrictions
{
    /// <summary>Must not be opened.</summary>
    public const string Sealed = "sealed";

    /// <summary>For a person by name; must not be opened, and no office is recognisable.</summary>
    public const string Personal = "personal";

    /// <summary>Opened, but only for its office.</summary>
    public const string Confidential = "confidential";
}

/// <summary>How quickly a person should see the letter.</summary>
public enum Urgency { Normal, High, Immediate }

/// <summary>A unit and the calibrated probability that it is responsible, 0–1.</summary>
public sealed record RankedUnit(string Unit, double Probability);

/// <summary>A reason for the decision.</summary>
/// <param name="Kind">Which voice spoke.</param>
/// <param name="Weight">Its share, 0–1.</param>
/// <param name="Text">In German, for a clerk.</param>
/// <param name="Spans">Where in the letter it stands.</param>
public sealed record Reason(ReasonKind Kind, double Weight, string Text, IReadOnlyList<TextSpan> Spans);

/// <summary>The voices that can speak for an office.</summary>
public enum ReasonKind { Address, Reference, Sender, Rule, Concern, Learned }

/// <summary>A span of a letter's field in UTF-16 units.</summary>
public sealed record TextSpan(LetterField Field, int Start, int Length);

/// <summary>A time limit (Frist) as a proposal; its absence never means that there is none.</summary>
/// <param name="Kind">In German, for a clerk.</param>
/// <param name="Date">Last day.</param>
/// <param name="Basis">Statute or the letter's own words.</param>
/// <param name="Spans">Where the letter says so.</param>
public sealed record Deadline(string Kind, DateOnly Date, string Basis, IReadOnlyList<TextSpan> Spans);

/// <summary>
/// A hint (Hinweis) that a letter must not wait. Words led to it, not understanding: it may be wrong, and its absence says nothing.
/// </summary>
/// <param name="Kind">What about.</param>
/// <param name="Text">In German, for a clerk.</param>
/// <param name="Spans">Where in the letter it stands.</param>
public sealed record Flag(FlagKind Kind, string Text, IReadOnlyList<TextSpan> Spans);

/// <summary>What a flag is about.</summary>
public enum FlagKind
{
    ChildEndangerment, SelfHarm, Threat, DangerToLife, PublicSafety, DataBreach, Eviction, InterimRelief, CourtService, Press, TimeLimit,
}

/// <summary>
/// That a language model (Sprachmodell) was asked about a letter, and what came of it: kept with the evidence, never shown as a reason.
/// None of the model's words are kept.
/// </summary>
/// <param name="Model">Name of the model as the settings state it.</param>
/// <param name="Answer">What came back.</param>
public sealed record LanguageModelVote(string Model, LanguageModelAnswer Answer)
{
    /// <summary>Office it chose; null without a vote.</summary>
    public string? Unit { get; init; }

    /// <summary>Probability of that office without the vote, 0–1.</summary>
    public double Prior { get; init; }

    /// <summary>Logarithm of the factor by which the vote moved the odds of that office; 0: it has not earned any.</summary>
    public double Weight { get; init; }
}

/// <summary>How asking a language model ended; all but the first leave the decision as it was.</summary>
public enum LanguageModelAnswer
{
    /// <summary>It chose one of the offices it was given.</summary>
    Vote,

    /// <summary>It chose none of them.</summary>
    NoneOfThem,

    /// <summary>It said something else, too much, or no JSON.</summary>
    Unusable,

    /// <summary>Its time was over.</summary>
    Slow,

    /// <summary>It answered with an error or a redirection.</summary>
    Refused,

    /// <summary>No connection, or one that broke off.</summary>
    Unreachable,

    /// <summary>It was not asked because it failed several times in a row just before.</summary>
    Paused,
}
