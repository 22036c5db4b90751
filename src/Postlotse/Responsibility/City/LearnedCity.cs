using Postlotse.Evidence;
using Postlotse.Letters;
using Postlotse.Responsibility.Learning;

namespace Postlotse.Responsibility.City;

/// <summary>
/// What a running city learns from its people's decisions: each counts from the next letter on, whatever version of the plan is in force.
/// Safe for many threads; changes wait for each other, deciding waits for none. A version is used when its evidence is written.
/// </summary>
public sealed class LearnedCity : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _lock = new();
    private volatile LearningState _state = LearningState.Empty;
    private CityInForce? _city;
    private ModelWitness? _witness;
    private CityLearning? _learning;
    private Decider? _base;

    /// <summary>Letters that were learned.</summary>
    public int Letters => _state.Letters.Count;

    /// <summary>Trained versions, oldest first; the one in use is marked.</summary>
    public IReadOnlyList<ModelVersion> Versions => _state.Versions;

    /// <summary>Whether training is worth its time.</summary>
    public bool TrainingIsDue
    {
        get
        {
            lock (_lock) return Base().TrainingIsDue;
        }
    }

    /// <summary>What the evidence has to say of the version in use; <see cref="ModelFacts.Before"/> is the same version.</summary>
    public ModelFacts InUse => FactsOf(_state.Versions.First(v => v.Live), _state.Live);

    /// <summary>Says whose letters these are; before anything else.</summary>
    /// <param name="city">The city.</param>
    /// <param name="witness">Writes the evidence of a version's coming into use; null: nobody does.</param>
    public void Attach(CityInForce city, ModelWitness? witness = null) => (_city, _witness) = (city, witness);

    /// <summary>What decides with all that was learned; for <see cref="CityState"/>.</summary>
    public Decider Apply(Decider cold) => new CityLearning(cold, _state).Current;

    /// <summary>Learns a person's decision; false when the office is not there any more. Learning it again changes nothing.</summary>
    public bool Learn(LetterContent letter, string unit)
    {
        lock (_lock)
        {
            var learning = Base();
            if (!learning.Knows(unit)) return false;
            learning.Add(letter, unit);
            return Publish(learning);
        }
    }

    /// <summary>Forgets what a letter taught; false when it taught nothing.</summary>
    public bool Forget(string letterId)
    {
        lock (_lock)
        {
            var learning = Base();
            return learning.Forget(letterId) && Publish(learning);
        }
    }

    /// <summary>
    /// Trains a new version; it is used unless it did worse than the one in use. Seconds to a minute on a thread of its own; learning goes
    /// on meanwhile. When its evidence cannot be written, nothing changes.
    /// </summary>
    /// <param name="actor">Who wanted it, for the evidence.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    public Task<TrainingResult> TrainAsync(string actor, CancellationToken cancellationToken) => ExclusivelyAsync(
        async () =>
        {
            var trained = await Task.Run(() => Locked().Prepare(cancellationToken), cancellationToken);
            if (trained.Comparison.Passed)
                await TellAsync(ModelEventKind.WentLive, _state.Versions[^1].Number + 1, trained.Candidate, actor, cancellationToken);
            lock (_lock)
            {
                var learning = Base();
                var result = learning.Accept(trained);
                Publish(learning);
                return result;
            }
        },
        cancellationToken);

    /// <summary>Goes back to a version; false when there is none of that number. Otherwise as <see cref="TrainAsync"/>.</summary>
    public Task<bool> GoBackAsync(int version, string actor, CancellationToken cancellationToken) => ExclusivelyAsync(
        async () =>
        {
            if (await Task.Run(() => Locked().PrepareBack(version, cancellationToken), cancellationToken) is not { } model) return false;
            await TellAsync(ModelEventKind.WentBack, version, model, actor, cancellationToken);
            lock (_lock)
            {
                var learning = Base();
                learning.AcceptBack(model);
                return Publish(learning);
            }
        },
        cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();

    /// <summary>Writes everything learned.</summary>
    public void Write(Stream stream) => LearningFile.Write(_state, stream);

    /// <summary>Reads what <see cref="Write"/> wrote; before a city is attached.</summary>
    /// <exception cref="FormatException">No such file, of another version, or damaged; nothing changes then.</exception>
    public void Read(Stream stream) => _state = LearningFile.Read(stream);

    /// <summary>The learning on what decides now; made anew when the plan has changed.</summary>
    private CityLearning Base()
    {
        var cold = (_city ?? throw new InvalidOperationException("no city is attached")).Current.Cold;
        if (_learning is null || !ReferenceEquals(_base, cold)) (_learning, _base) = (new(cold, _state), cold);
        return _learning;
    }

    private CityLearning Locked()
    {
        lock (_lock) return Base();
    }

    /// <summary>One training at a time: the number of the next version is told before it is there.</summary>
    private async Task<T> ExclusivelyAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            _turn.Release();
        }
    }

    private Task TellAsync(ModelEventKind kind, int version, LearnedModel model, string actor, CancellationToken cancellationToken) =>
        _witness?.Invoke(
            kind, new(version, InUse.Version, model.Letters.Count, model.Digest()), actor, cancellationToken) ?? Task.CompletedTask;

    private static ModelFacts FactsOf(ModelVersion version, LearnedModel model) =>
        new(version.Number, version.Number, model.Letters.Count, model.Digest());

    private bool Publish(CityLearning learning)
    {
        _state = learning.State;
        var now = _city!.Current;
        if (ReferenceEquals(now.Cold, _base)) _city.Renew(now.Version, learning.Current);
        return true;
    }
}
