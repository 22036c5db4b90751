using Postlotse.Letters;

namespace Postlotse;

/// <summary>
/// The letter's journey: the only place that states the order of the stages. A stage knows nothing of the others;
/// what it needs of them it finds in the letter.
/// </summary>
public sealed class Journey
{
    /// <summary>The order.</summary>
    public static IReadOnlyList<StageName> Order { get; } =
        [StageName.Recognition, StageName.Separation, StageName.Reading, StageName.Responsibility, StageName.Delivery];

    private readonly Dictionary<StageName, IStage> _stages;

    /// <summary>Takes one stage per name of <see cref="Order"/>.</summary>
    /// <exception cref="ArgumentException">A stage is missing or given twice.</exception>
    public Journey(IEnumerable<IStage> stages)
    {
        _stages = stages.ToDictionary(s => s.Name);
        var missing = Order.Where(name => !_stages.ContainsKey(name)).ToList();
        if (missing.Count > 0) throw new ArgumentException("no stage for " + string.Join(", ", missing), nameof(stages));
    }

    /// <summary>First stage of every letter.</summary>
    public static StageName First => Order[0];

    /// <summary>Stage after another; null after the last.</summary>
    public static StageName? After(StageName stage)
    {
        for (var i = 0; i < Order.Count - 1; i++)
            if (Order[i] == stage) return Order[i + 1];
        return null;
    }

    /// <summary>The stage of that name.</summary>
    public IStage this[StageName name] => _stages[name];
}
