using Postlotse.Letters;
using Postlotse.Responsibility.Lexical;

namespace Postlotse.Responsibility.Knowledge;

/// <summary>
/// Weighs what a letter says by the knowledge pack: concerns recognised → offices by the city's assignments, then the voices of address,
/// references and own names. Probabilities over all offices and "nobody can tell". Cold: needs no letter of the city.
/// </summary>
internal sealed class KnowledgeWeighing : IWeighing
{
    private readonly ConcernModel model;
    private readonly Assignments assignments;
    private readonly IReadOnlyList<Office> offices;
    private readonly AddressVoice address;
    private readonly ReferenceVoice references;
    private readonly InstanceNames instances;
    private readonly ConcernSpans spans;
    private readonly (int Office, float Weight)[][] officesOf;

    public KnowledgeWeighing(ConcernModel model, Organisation organisation, IReadOnlyList<Office> offices, AddressVoice address, ConcernVoice lexical)
    {
        this.model = model;
        this.offices = offices;
        this.address = address;
        assignments = Assignments.Propose(model, organisation);
        references = new(offices, lexical);
        spans = new(model);
        var place = offices.Select((o, i) => (o.Id, i)).ToDictionary(o => o.Id, o => o.i, StringComparer.Ordinal);
        officesOf = [.. Enumerable.Range(0, model.Concerns.Count)
            .Select(c => assignments.Of(c).Select(a => (place[a.Unit], (float)a.Weight)).ToArray())];
        instances = new(AssignmentTarget.Of(organisation), Instances(), organisation.Districts);
    }

    public Weighed Weigh(LetterContent letter, RecipientBlock block)
    {
        var features = LetterFeatures.Of(letter);
        var margins = new float[model.Concerns.Count];
        model.Score(features, margins);
        var mass = Mass(margins);
        var support = address.Hear(block, letter.Recipient);
        var found = references.Hear(letter);
        var named = instances.Find(letter);
        for (var i = 0; i < mass.Length; i++)
            mass[i] *= Math.Exp(VoiceWeights.Address * Math.Max(0, support[i].Named) + VoiceWeights.Street * support[i].Street
                + VoiceWeights.Reference * Math.Min(VoiceWeights.MostReferences, found.Sum(r => r.Support[i])));
        foreach (var instance in named)
            mass[instance.Target] *= Math.Exp(VoiceWeights.Name * instance.Strength);
        var ranking = Ranking(mass);
        if (ranking.Count == 0)
            return new([], [], []);
        var heard = new Heard(letter, features, margins, support, found, named);
        return new([.. ranking.Take(5).Select(r => new RankedUnit(offices[r.Office].Id, r.Probability))],
            new KnowledgeReasons(model, offices, officesOf, spans).Of(ranking[0].Office, heard), Also(ranking, margins));
    }

    /// <summary>Evidence for each office, where "nobody can tell" has the mass of <see cref="VoiceWeights.Nobody"/>.</summary>
    private double[] Mass(float[] margins)
    {
        var mass = new double[offices.Count];
        for (var c = 0; c < margins.Length; c++)
        {
            var odds = Math.Exp(VoiceWeights.Sharpness * margins[c]);
            foreach (var (office, weight) in officesOf[c])
                mass[office] += odds * weight;
        }

        return mass;
    }

    private static List<(int Office, double Probability)> Ranking(double[] mass)
    {
        var whole = mass.Sum() + Math.Exp(VoiceWeights.Sharpness * VoiceWeights.Nobody);
        return [.. Enumerable.Range(0, mass.Length).Where(i => mass[i] > 0).OrderByDescending(i => mass[i]).ThenBy(i => i)
            .Take(8).Select(i => (i, VoiceWeights.Calibrated(mass[i] / whole)))];
    }

    /// <summary>Further offices with a clear concern of their own.</summary>
    private List<string> Also(IReadOnlyList<(int Office, double Probability)> ranking, float[] margins)
    {
        var also = new List<string>();
        foreach (var (office, _) in ranking.Skip(1).Take(3))
            if (Enumerable.Range(0, margins.Length).Any(c => margins[c] >= VoiceWeights.ClearConcern
                && officesOf[c].Any(a => a.Office == office && a.Weight > 0.5)))
                also.Add(offices[office].Id);
        return also;
    }

    /// <summary>Units that share a concern with at least two others about equally.</summary>
    private HashSet<int> Instances()
    {
        var result = new HashSet<int>();
        foreach (var shared in officesOf)
            if (shared.Length >= 3 && shared[2].Weight >= shared[0].Weight / 2)
                result.UnionWith(shared.Where(s => s.Weight >= shared[0].Weight / 2).Select(s => s.Office));
        return result;
    }
}

/// <summary>What was heard of a letter, kept for telling the reasons.</summary>
internal sealed record Heard(
    LetterContent Letter, TextFeatures Features, float[] Margins, AddressSupport[] Address, IReadOnlyList<ReferenceSupport> References,
    IReadOnlyList<NamedInstance> Instances);

/// <summary>Weights of the voices, fitted on development letters; few numbers, so that they carry over to other cities.</summary>
internal static class VoiceWeights
{
    /// <summary>Odds per unit of margin.</summary>
    public static double Sharpness { get; set; } = 7;

    /// <summary>Margin at which "nobody can tell" and the concern are equally likely.</summary>
    public static double Nobody { get; set; } = -0.75;

    public static double Address { get; set; } = 1.2;
    public static double Street { get; set; } = 0.5;
    public static double Reference { get; set; } = 1.0;
    public static double Name { get; set; } = 5;

    public const double MostReferences = 1.5;

    /// <summary>Margin from which a second concern is clear.</summary>
    public const double ClearConcern = 0.1;

    /// <summary>Probability as it comes true.</summary>
    public static double Calibrated(double raw) => raw;
}
