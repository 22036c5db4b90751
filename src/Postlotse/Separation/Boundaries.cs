using System.Globalization;
using Postlotse.Letters;

namespace Postlotse.Separation;

/// <summary>
/// The probability that a letter begins on a page: a logistic model over <see cref="BoundaryFeatures"/>, whose weights were fitted on
/// generated batches (data/separation). Pure.
/// </summary>
public static class Boundaries
{
    private const string WeightsFile = "separation/boundaries.tsv";

    /// <summary>Between the names of two features that count together: where both hold.</summary>
    public const string And = " & ";

    private static readonly Lazy<IReadOnlyList<(string[] Names, double Weight)>> Weights = new(Load);

    /// <summary>For each page the probability, 0–1, that a letter begins there; 1 on the first printed page, 0 on blank ones.</summary>
    internal static double[] Probabilities(BoundaryFeatures features, int count)
    {
        var probabilities = new double[count];
        var first = true;
        for (var i = 0; i < count; i++)
        {
            if (features[i] is null) continue;
            probabilities[i] = first ? 1 : Probability(features.Of(i));
            first = false;
        }

        return probabilities;
    }

    /// <summary>
    /// What speaks for and against a beginning on each page, for fitting the weights; null for blank pages and the first printed one.
    /// </summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, double>?> FeaturesOf(IReadOnlyList<RecognisedPage> pages)
    {
        ArgumentNullException.ThrowIfNull(pages);
        var features = new BoundaryFeatures(pages);
        var first = Enumerable.Range(0, pages.Count).FirstOrDefault(i => features[i] is not null, -1);
        return [.. Enumerable.Range(0, pages.Count).Select(i => i <= first || features[i] is null ? null
            : features.Of(i).ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal))];
    }

    /// <summary>Probability out of a page's features; a feature without a weight does not count.</summary>
    internal static double Probability(IEnumerable<(string Name, double Value)> features)
    {
        var values = features.ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);
        return 1 / (1 + Math.Exp(-Weights.Value.Sum(w => w.Names.Aggregate(w.Weight, (sum, n) => sum * values.GetValueOrDefault(n)))));
    }

    private static IReadOnlyList<(string[] Names, double Weight)> Load()
    {
        using var stream = typeof(Boundaries).Assembly.GetManifestResourceStream(WeightsFile)
            ?? throw new InvalidOperationException("the weights of the boundaries are missing");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('#'))
            .Select(line => line.Split('\t'))
            .Select(p => (p[0].Split(And), double.Parse(p[1], NumberStyles.Float, CultureInfo.InvariantCulture)))];
    }
}
