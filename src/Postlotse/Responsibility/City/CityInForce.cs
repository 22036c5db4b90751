using Postlotse.Letters;

namespace Postlotse.Responsibility.City;

/// <summary>
/// A city at one version of its plan: offices, what the organiser laid down, and what decides by both. Immutable, thread-safe.
/// </summary>
public sealed class CityState
{
    private readonly Func<CityState, Decider> _make;
    private readonly Func<Decider, Decider>? _learn;
    private readonly Lazy<Decider> _cold, _decider;

    /// <summary>A state; quick.</summary>
    /// <param name="version">See <see cref="Version"/>.</param>
    /// <param name="organisation">See <see cref="Organisation"/>.</param>
    /// <param name="plan">See <see cref="Plan"/>.</param>
    /// <param name="make">Makes what decides by knowledge and plan; called once, when it is first needed.</param>
    /// <param name="learn">Adds what was learned; null: nothing is.</param>
    public CityState(
        int version, Organisation organisation, CityPlan plan, Func<CityState, Decider> make, Func<Decider, Decider>? learn = null)
    {
        (Version, Organisation, Plan, _make, _learn) = (version, organisation, plan, make, learn);
        _cold = new(() => make(this));
        _decider = new(() => learn is null ? Cold : learn(Cold));
    }

    private CityState(CityState of, Decider learned)
    {
        (Version, Organisation, Plan, _make, _learn, _cold) = (of.Version, of.Organisation, of.Plan, of._make, of._learn, of._cold);
        _decider = new(learned);
    }

    /// <summary>0: nothing was laid down yet; grows by one with each change.</summary>
    public int Version { get; }

    /// <summary>The offices.</summary>
    public Organisation Organisation { get; }

    /// <summary>What the organiser laid down.</summary>
    public CityPlan Plan { get; }

    /// <summary>Decides with all that was learned. Takes some hundred milliseconds when asked for the first time.</summary>
    public Decider Decider => _decider.Value;

    /// <summary>Decides by knowledge and plan alone.</summary>
    public Decider Cold => _cold.Value;

    /// <summary>The same city at another version.</summary>
    public CityState At(int otherVersion, Organisation otherOrganisation, CityPlan otherPlan) =>
        new(otherVersion, otherOrganisation, otherPlan, _make, _learn);

    /// <summary>The same state with more learned.</summary>
    internal CityState With(Decider learned) => new(this, learned);
}

/// <summary>
/// The city as it is in force (geltender Stand): letters are decided and pages are shown by <see cref="Current"/>, which is exchanged as
/// a whole. Whoever has asked for it keeps what he has got until he asks again. Safe for many threads.
/// </summary>
/// <param name="first">The state in force at the start.</param>
public sealed class CityInForce(CityState first)
{
    private readonly Lock _lock = new();
    private volatile CityState _current = first;

    /// <summary>In force now.</summary>
    public CityState Current => _current;

    /// <summary>
    /// Puts a newer version in force; false, and nothing changes, when it is not newer. What decides is made before, so that no letter
    /// waits for it; that takes some hundred milliseconds unless a dry run has made it.
    /// </summary>
    public bool Replace(CityState next)
    {
        ArgumentNullException.ThrowIfNull(next);
        if (next.Version <= _current.Version) return false;
        _ = next.Decider;
        lock (_lock)
        {
            if (next.Version <= _current.Version) return false;
            _current = next;
            return true;
        }
    }

    /// <summary>Puts what was learned in force, unless another version of the plan came in force meanwhile.</summary>
    internal void Renew(int version, Decider learned)
    {
        lock (_lock)
            if (_current.Version == version) _current = _current.With(learned);
    }
}
