using System.Resources;

namespace Postlotse.Responsibility.Deadlines;

/// <summary>Wording of deadlines and flags, from DeadlineTexts.resx; in German, as it is stored with the letter.</summary>
internal static class DeadlineTexts
{
    private static readonly ResourceManager Resources =
        new("Postlotse.Responsibility.Deadlines.DeadlineTexts", typeof(DeadlineTexts).Assembly);

    public static string Of(string name, params object?[] values) => Texts.Stored(Resources, name, values);
}
