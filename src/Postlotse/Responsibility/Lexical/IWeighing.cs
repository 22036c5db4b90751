using Postlotse.Letters;

namespace Postlotse.Responsibility.Lexical;

/// <summary>What came out of weighing the voices.</summary>
/// <param name="Ranking">Best five with any support, falling.</param>
/// <param name="Reasons">For the first, strongest first.</param>
/// <param name="AlsoConcerns">Further offices with a clear concern of their own.</param>
/// <param name="ForPerson">A person is to decide, however clear it is.</param>
internal sealed record Weighed(
    IReadOnlyList<RankedUnit> Ranking, IReadOnlyList<Reason> Reasons, IReadOnlyList<string> AlsoConcerns, bool ForPerson = false)
{
    /// <summary>For the second of the ranking; empty when it is far behind.</summary>
    public IReadOnlyList<Reason> RunnerUpReasons { get; init; } = [];
}

/// <summary>Weighs the voices of a letter that may be read: by the organisation's own words alone, or by the knowledge pack.</summary>
internal interface IWeighing
{
    /// <summary>Weighs a letter.</summary>
    /// <param name="letter">Letter.</param>
    /// <param name="block">Its address block.</param>
    /// <param name="day">Day by which dated responsibilities go; null: dates say nothing.</param>
    Weighed Weigh(LetterContent letter, RecipientBlock block, DateOnly? day);
}
