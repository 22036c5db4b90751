using Postlotse.Letters;
using Postlotse.Responsibility.Learning;

namespace Postlotse.Responsibility.City;

/// <summary>
/// What a running city learns from its people's decisions: each counts from the next letter on, whatever version of the plan is in force.
/// Safe for many threads; changes wait for each other, deciding waits for none.
/// </summary>
public sealed class LearnedCity
{
    private readonly Lock _lock = new();
    private volatile LearningState _state = LearningState.Empty;
    private CityInForce? _city;
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

    /// <summary>Says whose letters these are; before anything else.</summary>
    public void Attach(CityInForce city) => _city = city;

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

    /// <summary>Trains a new version; it is used unless it did worse than the one in use. Seconds to a minute.</summary>
    public TrainingResult Train(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var learning = Base();
            var result = learning.Train(cancellationToken);
            Publish(learning);
            return result;
        }
    }

    /// <summary>Goes back to a version; false when there is none of that number.</summary>
    public bool GoBack(int version, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var learning = Base();
            return learning.Rollback(version, cancellationToken) && Publish(learning);
        }
    }

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

    private bool Publish(CityLearning learning)
    {
        _state = learning.State;
        var now = _city!.Current;
        if (ReferenceEquals(now.Cold, _base)) _city.Renew(now.Version, learning.Current);
        return true;
    }
}
