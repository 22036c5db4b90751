using Postlotse.Letters;

namespace Postlotse.Responsibility.Lexical;

/// <summary>What came out of weighing the voices.</summary>
/// <param name="Ranking">Best five with any support, falling.</param>
/// <param name="Reasons">For the first, strongest first.</param>
/// <param name="AlsoConcerns">Further offices with a clear concern of their own.</param>
internal sealed record Weighed(IReadOnlyList<RankedUnit> Ranking, IReadOnlyList<Reason> Reasons, IReadOnlyList<string> AlsoConcerns);

/// <summary>Weighs the voices of a letter that may be read: by the organisation's own words alone, or by the knowledge pack.</summary>
internal interface IWeighing
{
    Weighed Weigh(LetterContent letter, RecipientBlock block);
}
