using Postlotse.Letters;

namespace Postlotse.Responsibility.Learning;

/// <summary>
/// A city's learning (Lernen aus Entscheidungen), the entrance for server and verbs: takes confirmed letters, forgets them, trains, keeps
/// versions and goes back. Safe for many threads: whoever decides uses <see cref="Current"/>, which never changes under him. Touches no
/// file: <see cref="Write"/> and <see cref="Read"/> work on streams.
/// </summary>
public sealed class CityLearning
{
    /// <summary>Training is due when this share of the letters is new, and never for fewer than <see cref="FewestNew"/>.</summary>
    private const double DueShare = 0.1;

    private const int FewestNew = 25;

    /// <summary>Versions that are kept; going back further is starting anew.</summary>
    private const int MostVersions = 20;

    private readonly Lock _lock = new();
    private readonly Decider _cold;
    private LearningState _state;
    private volatile Decider _current;

    /// <summary>Begins with nothing learned.</summary>
    /// <param name="cold">Decides by knowledge and organisation alone.</param>
    public CityLearning(Decider cold)
        : this(cold, LearningState.Empty)
    {
    }

    internal CityLearning(Decider cold, LearningState state)
    {
        ArgumentNullException.ThrowIfNull(cold);
        (_cold, _state) = (cold, state);
        _current = Deciding(state);
    }

    /// <summary>Decides with everything learned so far.</summary>
    public Decider Current => _current;

    /// <summary>Letters that were learned.</summary>
    public int Letters => State.Letters.Count;

    /// <summary>Whether enough changed that <see cref="Train"/> is worth its time.</summary>
    public bool TrainingIsDue
    {
        get
        {
            var live = State.Live;
            return live.Recent.Count >= Math.Max(FewestNew, live.Letters.Count * DueShare) || State.Forgot;
        }
    }

    /// <summary>Versions, oldest first; the one in use is marked.</summary>
    public IReadOnlyList<ModelVersion> Versions => State.Versions;

    internal LearningState State
    {
        get
        {
            lock (_lock) return _state;
        }
    }

    /// <summary>The promise that can be given by the letters held out from the version in use.</summary>
    /// <param name="rate">Highest misroute rate, above 0, below 1; null: as the organiser set it.</param>
    public MisroutePromise PromiseOf(double? rate = null) => MisroutePromise.Of(State.Live.HeldOut, rate ?? _cold.Options.MisrouteRate);

    /// <summary>
    /// Learns a decision of a person; counts from the next letter on. The same letter again replaces what it taught before.
    /// Never call it with the system's own decisions.
    /// </summary>
    /// <param name="letter">Its text; only weighted features of it are kept.</param>
    /// <param name="unit">The office; empty: nobody can tell from this letter.</param>
    /// <exception cref="ArgumentException">No target of the organisation has this id.</exception>
    public void Add(LetterContent letter, string unit)
    {
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentNullException.ThrowIfNull(unit);
        if (!Knows(unit)) throw new ArgumentException($"no office has the id '{unit}'", nameof(unit));
        var taken = _cold.Take(letter, unit, State.Key);
        lock (_lock) Change(_state.With(taken));
    }

    /// <summary>Whether letters can be learned for that id.</summary>
    public bool Knows(string unit) => unit.Length == 0 || _cold.Basis.Place.ContainsKey(unit);

    /// <summary>Learns many decisions at once and trains. Same letters, same result, in whatever order they come.</summary>
    public TrainingResult Import(IEnumerable<(LetterContent Letter, string Unit)> letters, CancellationToken cancellationToken = default)
    {
        var taken = letters.Select(l => _cold.Take(l.Letter, l.Unit, State.Key)).ToList();
        lock (_lock) _state = _state.WithWaiting(taken);
        return Train(cancellationToken);
    }

    /// <summary>Forgets a letter at once, in every version; false when it was not learned.</summary>
    /// <param name="letterId">As it was learned.</param>
    public bool Forget(string letterId)
    {
        lock (_lock)
        {
            var key = LearnedLetter.KeyOf(letterId);
            if (!_state.Letters.Any(l => l.Key == key)) return false;
            Change(_state.Without(key));
            return true;
        }
    }

    /// <summary>
    /// Works all letters into a new version: seconds to a minute for thousands of letters; deciding and learning go on meanwhile. The new
    /// version goes live unless it was worse than the one in use on letters that neither of them had learned (<see cref="GoLiveGate"/>).
    /// </summary>
    public TrainingResult Train(CancellationToken cancellationToken = default) => Accept(Prepare(cancellationToken));

    /// <summary>The work of <see cref="Train"/>; changes nothing.</summary>
    internal TrainedModel Prepare(CancellationToken cancellationToken)
    {
        var (before, basis) = (State, _cold.Basis);
        var candidate = ModelTraining.Train(before.Newest(), basis, cancellationToken);
        return new(candidate, GoLiveGate.Compare(before, candidate, basis));
    }

    /// <summary>Uses what was prepared, unless it was worse.</summary>
    internal TrainingResult Accept(TrainedModel trained)
    {
        lock (_lock)
        {
            Change(_state.Trained(trained.Candidate, trained.Comparison, MostVersions));
            return new(trained.Comparison, _state.Versions[^1], trained.Candidate.HeldOut.Count);
        }
    }

    /// <summary>Goes back (or forward) to a version: trains again from the letters it had, without those forgotten since.</summary>
    /// <returns>False when there is no such version.</returns>
    public bool Rollback(int version, CancellationToken cancellationToken = default)
    {
        if (PrepareBack(version, cancellationToken) is not { } model) return false;
        AcceptBack(model);
        return true;
    }

    /// <summary>The work of <see cref="Rollback"/>; changes nothing. Null when there is no such version.</summary>
    internal LearnedModel? PrepareBack(int version, CancellationToken cancellationToken)
    {
        var before = State;
        if (before.Versions.FirstOrDefault(v => v.Number == version) is not { } target) return null;
        return version == 0 ? LearnedModel.Empty
            : ModelTraining.Train(before.Newest(target.Through), _cold.Basis, cancellationToken) with { Version = version };
    }

    /// <summary>Uses the version that was prepared.</summary>
    internal void AcceptBack(LearnedModel model)
    {
        lock (_lock) Change(_state.WentBackTo(model));
    }

    /// <summary>Writes everything.</summary>
    public void Write(Stream stream) => LearningFile.Write(State, stream);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="stream">Any bytes, also hostile ones.</param>
    /// <param name="cold">Decides by knowledge and organisation alone.</param>
    /// <exception cref="FormatException">No such file, of another version, or damaged.</exception>
    public static CityLearning Read(Stream stream, Decider cold) => new(cold, LearningFile.Read(stream));

    private void Change(LearningState state)
    {
        _state = state;
        _current = Deciding(state);
    }

    private Decider Deciding(LearningState state) => state.Live.Letters.Count + state.Live.Recent.Count == 0 ? _cold
        : _cold.With(state, MisroutePromise.Of(state.Live.HeldOut, _cold.Options.MisrouteRate));
}

/// <summary>A version that was trained and is not in use yet.</summary>
internal sealed record TrainedModel(LearnedModel Candidate, GateComparison Comparison);

/// <summary>A trained version.</summary>
/// <param name="Number">Ascending; 0 is knowledge alone.</param>
/// <param name="Letters">Letters it was trained from.</param>
/// <param name="Through">Number of the last letter in the order of arrival.</param>
/// <param name="Right">Share of held-out letters it proposed rightly.</param>
/// <param name="ColdRight">The same for knowledge alone.</param>
/// <param name="Passed">Whether it did not do worse than the one before.</param>
/// <param name="Live">Whether it is in use.</param>
public sealed record ModelVersion(int Number, int Letters, int Through, double Right, double ColdRight, bool Passed, bool Live);

/// <summary>How training ended.</summary>
/// <param name="Comparison">Against the version that was in use.</param>
/// <param name="Version">The new version.</param>
/// <param name="Letters">Letters it was trained from.</param>
public sealed record TrainingResult(GateComparison Comparison, ModelVersion Version, int Letters);
