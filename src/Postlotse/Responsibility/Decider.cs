using System.Diagnostics;
using System.Globalization;
using Postlotse.Letters;
using Postlotse.Responsibility.City;
using Postlotse.Responsibility.Deadlines;
using Postlotse.Responsibility.Knowledge;
using Postlotse.Responsibility.LanguageModels;
using Postlotse.Responsibility.Learning;
using Postlotse.Responsibility.Lexical;

namespace Postlotse.Responsibility;

/// <summary>How a <see cref="Decider"/> works.</summary>
public sealed record DeciderOptions
{
    /// <summary>
    /// Probability from which a letter is delivered without a person, 0–1, as long as too few decided letters allow a promise. Chosen with
    /// caution on development letters of one city: no promise.
    /// </summary>
    public double AutoThreshold { get; init; } = 0.97;

    /// <summary>Highest share of misrouted letters among those delivered without a person, above 0, below 1; set by the
    /// organiser.</summary>
    public double MisrouteRate { get; init; } = 0.01;
}

/// <summary>
/// Decides which office is responsible (Zuständigkeit) from the letter's text and the organisation alone: voices of address, references
/// and content are weighed into calibrated probabilities. A letter that must stay closed is decided by its address block and nothing else
/// of it is read. Pure, safe for many threads, a few milliseconds a letter.
/// </summary>
public sealed class Decider
{
    /// <summary>Names what decides from the organisation's own words alone.</summary>
    public const string LexicalVersion = "lexical-1";

    /// <summary>People put sheets into stacks, and sometimes the wrong one.</summary>
    private const double SheetProbability = 0.995;

    private readonly DeciderOptions _options;
    private readonly IReadOnlyList<Office> _offices;
    private readonly EnvelopeRule _envelope;
    private readonly IWeighing _weighing;
    private readonly MisroutePromise? _promise;
    private readonly LetterDeadlines _deadlines;

    /// <summary>Makes a decider for a city.</summary>
    /// <param name="organisation">The city's offices.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="knowledge">Usually <see cref="ConcernModelFile.LoadShipped"/>; null: the organisation's own words alone.</param>
    /// <param name="plan">What the organiser laid down; null: nothing. Without knowledge it says nothing.</param>
    /// <param name="planVersion">Number of the plan's version; 0: none. Becomes part of <see cref="Version"/>.</param>
    public Decider(
        Organisation organisation, DeciderOptions? options = null, ConcernModel? knowledge = null, CityPlan? plan = null,
        int planVersion = 0)
    {
        ArgumentNullException.ThrowIfNull(organisation);
        _options = options ?? new();
        _deadlines = new(organisation);
        _offices = Office.Of(organisation);
        var address = new AddressVoice(_offices, organisation.City);
        var concerns = new ConcernVoice(_offices, organisation.City);
        _envelope = new(_offices, address, concerns);
        _weighing = knowledge is null
            ? new Weighing(_offices, address, concerns)
            : new KnowledgeWeighing(knowledge, organisation, _offices, address, concerns, plan ?? CityPlan.Empty);
        Version = knowledge is null ? LexicalVersion : $"knowledge-{knowledge.PackHash[..Math.Min(12, knowledge.PackHash.Length)]}";
        if (planVersion > 0) Version += string.Create(CultureInfo.InvariantCulture, $".plan-{planVersion}");
    }

    private Decider(Decider of, IWeighing weighing, MisroutePromise? promise, string version)
    {
        (_options, _offices, _envelope, _deadlines) = (of._options, of._offices, of._envelope, of._deadlines);
        (_weighing, _promise, Version) = (weighing, promise, version);
    }

    /// <summary>Names what decided; stored with every decision.</summary>
    public string Version { get; }

    /// <summary>Probability from which a letter is delivered without a person as long as there is no promise, 0–1.</summary>
    public double AutoThreshold => _options.AutoThreshold;

    /// <summary>What can be promised by the letters that were learned; null: nothing was learned.</summary>
    public MisroutePromise? Promise => _promise;

    /// <summary>Concerns and the units proposed for them, in the order of the knowledge; none without knowledge.</summary>
    public IReadOnlyList<ProposedConcern> Proposals => (_weighing as KnowledgeWeighing)?.Proposals ?? [];

    /// <summary>Decides one letter; every letter gets a decision, also an empty one.</summary>
    /// <param name="letter">What was read.</param>
    /// <param name="day">Day by which dated responsibilities go, usually today; null: dates say nothing.</param>
    /// <param name="receivedOn">Day of receipt, from which time limits count; null: the letter's own date stands for it.</param>
    public Decision Decide(LetterContent letter, DateOnly? day = null, DateOnly? receivedOn = null) =>
        Decide(letter, day, receivedOn, vote: null);

    /// <summary>The same with the vote of a language model; null: without.</summary>
    internal Decision Decide(LetterContent letter, DateOnly? day, DateOnly? receivedOn, Vote? vote)
    {
        ArgumentNullException.ThrowIfNull(letter);
        var started = Stopwatch.GetTimestamp();
        var block = RecipientBlock.Of(letter.Recipient);
        var decision = _envelope.Decide(letter.Id, letter.Recipient, block) ?? ByContent(letter, block, day, vote);
        decision = _deadlines.Complete(decision, letter, receivedOn);
        return decision with { Milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds, DecidedBy = Version };
    }

    /// <summary>
    /// The decision of a letter that a separator sheet gives to an office: the mailroom has said so. What must stay closed goes by its
    /// envelope all the same, and an office that the city does not have is no order.
    /// </summary>
    /// <param name="decision">As decided by what the letter says; it is told as what else was considered.</param>
    /// <param name="unit">Office on the sheet; null: there was none.</param>
    public Decision OnSheet(Decision decision, string? unit)
    {
        ArgumentNullException.ThrowIfNull(decision);
        var office = _offices.FirstOrDefault(o => string.Equals(o.Id, unit, StringComparison.Ordinal));
        if (office is null || decision.MustStayClosed) return decision;
        // Anybody can print such a sheet into a letter; where the letter clearly says otherwise, a person looks.
        var contradicted = decision.Outcome == Outcome.Auto && !string.Equals(decision.Unit, office.Id, StringComparison.Ordinal);
        var others = decision.Ranking.Where(r => !string.Equals(r.Unit, office.Id, StringComparison.Ordinal));
        return decision with
        {
            Outcome = office.Handling == Handling.Sealed ? Outcome.Sealed : contradicted ? Outcome.Review : Outcome.Auto,
            Unit = office.Id,
            Probability = SheetProbability,
            Ranking = [new(office.Id, SheetProbability), .. others.Take(4).Select(r => r with { Probability = r.Probability / 1000 })],
            Reasons = [new(ReasonKind.Rule, 1, Texts.Stored("ReasonSheet"), [])],
            RunnerUpReasons = [],
            Restriction = office.Handling switch
            {
                Handling.Open => null,
                Handling.Sealed => Restrictions.Sealed,
                _ => Restrictions.Confidential,
            },
        };
    }

    /// <summary>
    /// Whether a letter with such an address block must stay closed: endorsed as personal, or to an office whose mail is never opened.
    /// </summary>
    /// <param name="recipient">Address block, lines by \n; empty: nothing speaks for it.</param>
    public bool MustStayClosed(string recipient)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        return _envelope.Decide("", recipient, RecipientBlock.Of(recipient)) is not null;
    }

    /// <summary>How this decider was told to work.</summary>
    internal DeciderOptions Options => _options;

    /// <summary>What training needs to know of the city.</summary>
    internal LearningBasis Basis => Knowledge.Basis;

    private KnowledgeWeighing Knowledge => _weighing as KnowledgeWeighing
        ?? throw new InvalidOperationException("learning and votes need the knowledge, if only an empty one");

    /// <summary>The same city deciding also by what was learned.</summary>
    /// <param name="learned">What was learned.</param>
    /// <param name="promise">Sets the thresholds where it can be given.</param>
    internal Decider With(LearningState learned, MisroutePromise promise)
    {
        var version = Version.Split('+')[0];
        return new(this, Knowledge.With(learned), promise, string.Create(
            CultureInfo.InvariantCulture, $"{version}+learned-{learned.Live.Version}.{learned.Live.Recent.Count}"));
    }

    /// <summary>What is kept of a letter that a person decided.</summary>
    /// <param name="letter">The letter.</param>
    /// <param name="unit">Its office.</param>
    /// <param name="key">Key of the hashes of references, sender and person addressed.</param>
    internal LearnedLetter Take(LetterContent letter, string unit, byte[] key) =>
        Knowledge.Take(letter, RecipientBlock.Of(letter.Recipient), unit, LetterDoubts.About(letter)) with
        {
            Traces = [.. LetterTraces.Of(letter, key).Select(t => t.Kept)],
        };

    /// <summary>All targets of letters, in the order of the organisation.</summary>
    internal IReadOnlyList<Office> Offices => _offices;

    /// <summary>Whether the first of a ranking is probable enough for automatic delivery.</summary>
    internal bool IsSure(RankedUnit best) =>
        best.Unit.Length > 0 && best.Probability >= (_promise?.ThresholdOf(best.Unit) ?? _options.AutoThreshold);

    private Decision ByContent(LetterContent letter, RecipientBlock block, DateOnly? day, Vote? vote)
    {
        var weighed = vote is null ? _weighing.Weigh(letter, block, day) : Knowledge.Weigh(letter, block, day, vote);
        var best = weighed.Ranking is [var first, ..] ? first : new RankedUnit("", 0);
        var handling = _offices.FirstOrDefault(o => string.Equals(o.Id, best.Unit, StringComparison.Ordinal))?.Handling ?? Handling.Open;
        return new()
        {
            Id = letter.Id,
            Outcome = IsSure(best) && !weighed.ForPerson && !LetterDoubts.About(letter) ? Outcome.Auto : Outcome.Review,
            Unit = best.Unit,
            Probability = best.Probability,
            Ranking = weighed.Ranking,
            Reasons = weighed.Reasons,
            RunnerUpReasons = weighed.RunnerUpReasons,
            AlsoConcerns = weighed.AlsoConcerns,
            Restriction = handling == Handling.Open ? null : Restrictions.Confidential,
        };
    }
}
