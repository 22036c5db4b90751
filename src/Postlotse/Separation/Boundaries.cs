using Postlotse.Letters;

namespace Postlotse.Separation;

/// <summary>The probability that a letter begins on a page, out of what the pages say. Pure.</summary>
public static class Boundaries
{
    /// <summary>For each page the probability, 0–1, that a letter begins there.</summary>
    public static double[] Probabilities(IReadOnlyList<RecognisedPage> pages)
    {
        ArgumentNullException.ThrowIfNull(pages);
        var probabilities = new double[pages.Count];
        return probabilities;
    }
}
