using Postlotse.Letters;
using Postlotse.Responsibility.City;
using Postlotse.Responsibility.Lexical;

namespace Postlotse.Responsibility.Knowledge;

/// <summary>
/// Weighs what a letter says by the knowledge pack: concerns recognised → offices by the city's assignments, then the voices of address,
/// references and own names. Probabilities over all offices and "nobody can tell". Cold: needs no letter of the city.
/// </summary>
internal sealed class KnowledgeWeighing : IWeighing
{
    private readonly ConcernModel _model;
    private readonly Assignments _assignments;
    private readonly IReadOnlyList<Office> _offices;
    private readonly AddressVoice _address;
    private readonly ReferenceVoice _references;
    private readonly InstanceNames _instances;
    private readonly ConcernSpans _spans;
    private readonly (int Office, float Weight)[][] _proposed;
    private readonly PlannedOffices _planned;
    private readonly RuleVoice _rules;
    private readonly Dictionary<string, int> _place;

    public KnowledgeWeighing(
        ConcernModel model, Organisation organisation, IReadOnlyList<Office> offices, AddressVoice address, ConcernVoice lexical,
        CityPlan plan)
    {
        _model = model;
        _offices = offices;
        _address = address;
        _assignments = Assignments.Propose(model, organisation);
        _references = new(offices, lexical);
        _spans = new(model);
        _place = offices.Select((o, i) => (o.Id, i)).ToDictionary(o => o.Id, o => o.i, StringComparer.Ordinal);
        _proposed = [.. Enumerable.Range(0, model.Concerns.Count)
            .Select(c => _assignments.Of(c).Select(a => (_place[a.Unit], (float)a.Weight)).ToArray())];
        var concerns = model.Concerns.Select((c, i) => (c.Id, i)).ToDictionary(c => c.Id, c => c.i, StringComparer.Ordinal);
        _planned = new(_proposed, concerns, _place, plan, organisation.Districts);
        _rules = new(plan);
        _instances = new(AssignmentTarget.Of(organisation), Instances(), organisation.Districts);
    }

    public Weighed Weigh(LetterContent letter, RecipientBlock block, DateOnly? day)
    {
        var officesOf = _planned.Of(letter, day);
        var rules = _rules.Hear(letter, day);
        var features = LetterFeatures.Of(letter);
        var margins = new float[_model.Concerns.Count];
        _model.Score(features, margins);
        var mass = Mass(margins, officesOf);
        var support = _address.Hear(block, letter.Recipient);
        var found = _references.Hear(letter);
        var named = _instances.Find(letter);
        for (var i = 0; i < mass.Length; i++)
            mass[i] *= Math.Exp(VoiceWeights.Address * Math.Max(0, support[i].Named) + VoiceWeights.Street * support[i].Street
                + VoiceWeights.Reference * Math.Min(VoiceWeights.MostReferences, found.Sum(r => r.Support[i])));
        AddNamed(support, mass);
        foreach (var instance in named)
            mass[instance.Target] *= Math.Exp(VoiceWeights.Name * instance.Strength);
        AddRules(rules, mass);
        var ranking = Ranking(mass);
        if (ranking.Count == 0)
            return new([], [], []);
        var heard = new Heard(letter, features, margins, support, found, named, rules);
        return new([.. ranking.Take(5).Select(r => new RankedUnit(_offices[r.Office].Id, r.Probability))],
            new KnowledgeReasons(_model, _offices, officesOf, _spans).Of(ranking[0].Office, heard), Also(ranking, margins, officesOf),
            rules.Any(r => r.Rule.Unit is null));
    }

    /// <summary>The organiser's word outweighs everything a letter says; two rules that contradict each other leave it open.</summary>
    private void AddRules(IReadOnlyList<MetRule> rules, double[] mass)
    {
        var meant = rules.Select(r => _place.GetValueOrDefault(r.Rule.Unit ?? "", -1)).Where(i => i >= 0).Distinct().ToArray();
        var all = mass.Sum() + Math.Exp(VoiceWeights.Sharpness * VoiceWeights.Nobody);
        foreach (var office in meant)
            mass[office] += VoiceWeights.Rule * all;
    }

    /// <summary>A named office counts like a faintly recognisable concern: it leads only where the letter says little.</summary>
    private static void AddNamed(AddressSupport[] support, double[] mass)
    {
        var count = support.Count(s => s.Named >= AddressVoice.NamedFrom);
        for (var i = 0; i < mass.Length; i++)
            if (support[i].Named >= AddressVoice.NamedFrom)
                mass[i] += Math.Exp(VoiceWeights.Sharpness * VoiceWeights.NamedMargin) / count;
    }

    /// <summary>Evidence for each office, where "nobody can tell" has the mass of <see cref="VoiceWeights.Nobody"/>.</summary>
    private double[] Mass(float[] margins, (int Office, float Weight)[][] officesOf)
    {
        var mass = new double[_offices.Count];
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
            .Take(8).Select(i => (i, mass[i] / whole))];
    }

    /// <summary>Further offices with a clear concern of their own.</summary>
    private List<string> Also(
        IReadOnlyList<(int Office, double Probability)> ranking, float[] margins, (int Office, float Weight)[][] officesOf)
    {
        var also = new List<string>();
        foreach (var (office, _) in ranking.Skip(1).Take(3))
            if (Enumerable.Range(0, margins.Length).Any(c => margins[c] >= VoiceWeights.ClearConcern
                && officesOf[c].Any(a => a.Office == office && a.Weight > 0.5)))
                also.Add(_offices[office].Id);
        return also;
    }

    /// <summary>Units that share a concern with at least two others about equally.</summary>
    private HashSet<int> Instances()
    {
        var result = new HashSet<int>();
        foreach (var shared in _proposed)
            if (shared.Length >= 3 && shared[2].Weight >= shared[0].Weight / 2)
                result.UnionWith(shared.Where(s => s.Weight >= shared[0].Weight / 2).Select(s => s.Office));
        return result;
    }
}

/// <summary>What was heard of a letter, kept for telling the reasons.</summary>
internal sealed record Heard(
    LetterContent Letter, TextFeatures Features, float[] Margins, AddressSupport[] Address, IReadOnlyList<ReferenceSupport> References,
    IReadOnlyList<NamedInstance> Instances, IReadOnlyList<MetRule> Rules);

/// <summary>
/// Weights of the voices, fitted on development letters of one city with a model that had not been repaired by them; few numbers that know
/// no office, so that they carry over.
/// </summary>
internal static class VoiceWeights
{
    /// <summary>Logarithm of the odds per unit of margin.</summary>
    public const double Sharpness = 13;

    /// <summary>Margin at which a concern is as likely as "nobody can tell".</summary>
    public const double Nobody = -0.55;

    /// <summary>An office named in the address decides between concerns that are about equally clear: it is often a guess.</summary>
    public const double Address = 0.6;

    /// <summary>Margin of the concern that an office named in the address is worth.</summary>
    public const double NamedMargin = -0.4;

    public const double Street = 0.3;
    public const double Reference = 1.5;

    /// <summary>Many references to one office say little more than one.</summary>
    public const double MostReferences = 1.5;

    /// <summary>Own name of a school or the like, among units that do the same work.</summary>
    public const double Name = 6;

    /// <summary>A rule of the organiser against all other evidence together.</summary>
    public const double Rule = 400;

    /// <summary>Margin from which a second concern is clear.</summary>
    public const double ClearConcern = 0.1;
}
