using Postlotse.Letters;

namespace Postlotse.Responsibility.Lexical;

/// <summary>
/// Weighs the voices into probabilities: a weighted sum per office, softmax over the offices and over "none of them". Weights were
/// fitted on development letters of one city with organisation texts as the only knowledge; they know no office.
/// </summary>
internal sealed class Weighing(IReadOnlyList<Office> offices, AddressVoice address, ConcernVoice concerns) : IWeighing
{
    private const double AddressWeight = 4, StreetWeight = 1.5, ReferenceWeight = 3.5, ConcernWeight = 7, EnoughConcern = 10, Nobody = 2;

    /// <summary>Many references to one office say little more than one.</summary>
    private const double MostReferences = 1.5;

    private const int MostReferenceReasons = 3;

    /// <summary>Share by which certainty shrinks towards 1: with these voices, three in ten of the surest letters were wrong.</summary>
    private const double Doubt = 0.3;

    private readonly ReferenceVoice _references = new(offices, concerns);

    /// <summary>Ranking (best five with any support) and the reasons for the first.</summary>
    public Weighed Weigh(LetterContent letter, RecipientBlock block, DateOnly? day)
    {
        var support = address.Hear(block, letter.Recipient);
        var references = _references.Hear(letter);
        var query = concerns.Ask(letter, block);
        var likeness = Relative(concerns.Hear(query));
        var sums = new double[offices.Count];
        for (var i = 0; i < sums.Length; i++)
            sums[i] = AddressWeight * support[i].Named + StreetWeight * support[i].Street
                + ReferenceWeight * Math.Min(MostReferences, references.Sum(r => r.Support[i]))
                + ConcernWeight * likeness[i];
        var ranking = Rank(sums);
        if (ranking.Count == 0) return new([], [], []);
        var top = ranking[0];
        var trust = AgreesTwice(support[top.Office], references, top.Office) ? 1 : 1 - Doubt * top.Probability;
        return new([.. ranking.Select(r => new RankedUnit(offices[r.Office].Id, trust * r.Probability))], Reasons(top.Office, sums), []);

        List<Reason> Reasons(int office, double[] total) =>
            [.. AddressReasons(office, support[office], total[office])
                .Concat(references.Where(r => r.Support[office] > 0).Take(MostReferenceReasons)
                    .Select(r => new Reason(ReasonKind.Reference, ReferenceWeight * r.Support[office] / total[office], r.Text, [r.Span])))
                .Concat(ConcernReasons(query, office, ConcernWeight * likeness[office] / total[office]))
                .OrderByDescending(r => r.Weight)];
    }

    /// <summary>Address and reference name the same office independently of each other.</summary>
    private static bool AgreesTwice(AddressSupport support, IReadOnlyList<ReferenceSupport> references, int office) =>
        support.Named >= AddressVoice.NamedFrom && references.Any(r => r.Support[office] >= 1);

    /// <summary>Against the best, so that long letters do not shout; weak evidence stays weak.</summary>
    private static double[] Relative(double[] scores)
    {
        var best = scores.Length == 0 ? 0 : scores.Max();
        return [.. scores.Select(s => s / (best + EnoughConcern))];
    }

    private static List<(int Office, double Probability)> Rank(double[] sums)
    {
        // Every voice is bounded, so that no exponent overflows whatever a letter holds.
        var whole = Math.Exp(Nobody) + sums.Sum(Math.Exp);
        return [.. Enumerable.Range(0, sums.Length).Where(i => sums[i] > 0).OrderByDescending(i => sums[i]).ThenBy(i => i).Take(5)
            .Select(i => (i, Math.Exp(sums[i]) / whole))];
    }

    private IEnumerable<Reason> AddressReasons(int office, AddressSupport support, double total)
    {
        if (support.Phrase is { } phrase)
        {
            var text = Texts.Stored(support.IsGroup ? "ReasonNamedGroup" : "ReasonNamed", offices[office].Name);
            yield return new(ReasonKind.Address, AddressWeight * support.Named / total, text, [phrase]);
        }

        if (support is not { StreetLine: { } line, Street: > 0.1 }) yield break;
        var street = Texts.Stored("ReasonStreet", offices[office].Name);
        yield return new(ReasonKind.Address, StreetWeight * support.Street / total, street, [line]);
    }

    private IEnumerable<Reason> ConcernReasons(ConcernVoice.Query query, int office, double weight)
    {
        if (concerns.Explain(query, office) is not { } found) yield break;
        var text = found.Task is null ? Texts.Stored("ReasonName", offices[office].Name) : Texts.Stored("ReasonTask", found.Task);
        yield return new(ReasonKind.Concern, weight, text, found.Spans);
    }
}
