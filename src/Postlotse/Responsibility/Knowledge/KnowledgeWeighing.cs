using Postlotse.Letters;
using Postlotse.Responsibility.City;
using Postlotse.Responsibility.Knowledge.Assigning;
using Postlotse.Responsibility.Knowledge.Voices;
using Postlotse.Responsibility.LanguageModels;
using Postlotse.Responsibility.Learning;
using Postlotse.Responsibility.Lexical;

namespace Postlotse.Responsibility.Knowledge;

/// <summary>
/// Weighs what a letter says by the knowledge pack: concerns recognised → offices by the city's assignments, then the voices of address,
/// references and own names. Probabilities over all offices and "nobody can tell". Cold: needs no letter of the city.
/// </summary>
internal sealed class KnowledgeWeighing : IWeighing
{
    /// <summary>Concerns that are kept of a decided letter, and their least share.</summary>
    private const int MostKeptConcerns = 12;

    private const double LeastKeptShare = 0.002;

    /// <summary>Learned evidence that is worth telling.</summary>
    private const double LeastToldLearned = 0.5;

    /// <summary>Probability from which the second office is worth a person's look.</summary>
    private const double LeastRunnerUp = 0.001;

    private readonly ConcernModel _model;
    private readonly IReadOnlyList<Office> _offices;
    private readonly AddressVoice _address;
    private readonly ReferenceVoice _references;
    private readonly InstanceNames _instances;
    private readonly IReadOnlyList<IReadOnlyList<int>> _alike;
    private readonly ConcernSpans _spans;
    private readonly IReadOnlyDictionary<string, int> _place;
    private readonly Dictionary<string, int> _concerns;
    private readonly IReadOnlyList<Assignment>[] _proposed;
    private readonly Lazy<IReadOnlyList<ProposedConcern>> _proposals;
    private readonly Func<(int Office, float Weight)[][], PlannedOffices> _plan;
    private readonly PlannedOffices _planned;
    private readonly RuleVoice _rules;
    private readonly LearnedModel? _learned;
    private readonly LetterHistory? _history;
    private readonly byte[] _key = [];

    public KnowledgeWeighing(
        ConcernModel model, Organisation organisation, IReadOnlyList<Office> offices, AddressVoice address, ConcernVoice lexical,
        CityPlan plan)
    {
        _model = model;
        _offices = offices;
        _address = address;
        _references = new(offices, lexical);
        _spans = new(model);
        var proposal = Assignments.Propose(model, organisation);
        _proposed = [.. Enumerable.Range(0, model.Concerns.Count).Select(proposal.Of)];
        _proposals = new(() => [.. model.Concerns.Select((c, i) => (Concern: c, Place: i)).Where(c => !c.Concern.Vague)
            .Select(c => new ProposedConcern(
                c.Concern.Id, c.Concern.Title, c.Concern.Office.Name, c.Concern.External,
                [.. _proposed[c.Place].Select(a => new ProposedUnit(a.Unit, a.Weight))], proposal.Certainty(c.Place))
            {
                Alike = _proposed[c.Place] is [var first, ..] && _place!.TryGetValue(first.Unit, out var place)
                    ? proposal.Instances.FirstOrDefault(i => i.Contains(place))?.Count ?? 0 : 0,
            })]);
        Basis = new([.. offices.Select(o => o.Id)], Proposed,
            offices.Where(o => o.Handling != Handling.Open).Select(o => o.Id).ToHashSet(StringComparer.Ordinal));
        _place = Basis.Place;
        _concerns = model.Concerns.Select((c, i) => (c.Id, i)).ToDictionary(c => c.Id, c => c.i, StringComparer.Ordinal);
        _plan = offices => new(offices, _concerns, _place, plan, organisation.Districts);
        _planned = _plan([.. _proposed.Select(Places)]);
        _rules = new(plan);
        _instances = new(AssignmentTarget.Of(organisation), proposal.Instances.SelectMany(i => i).ToHashSet(), organisation.Districts);
        _alike = proposal.Instances;
    }

    private KnowledgeWeighing(KnowledgeWeighing of, LearningState learned)
    {
        (_model, _offices, _address, _references, _instances, _alike, _spans) =
            (of._model, of._offices, of._address, of._references, of._instances, of._alike, of._spans);
        (_place, _concerns, _plan, _rules) = (of._place, of._concerns, of._plan, of._rules);
        (_proposed, _proposals, Basis) = (of._proposed, of._proposals, of.Basis);
        (_learned, _history, _key) = (learned.Live, new(learned.InUse, Basis.Discreet), learned.Key);
        (int Office, float Weight)[][] officesOf = [.. _proposed.Select(Places)];
        var taught = new LearnedAssignments(Proposed, learned.Live.AllLetters);
        foreach (var concern in taught.Taught)
            if (_concerns.TryGetValue(concern, out var c))
                officesOf[c] = Places(taught.Of(concern));
        // What the organiser laid down stands above what was learned.
        _planned = _plan(officesOf);
    }

    public LearningBasis Basis { get; }

    /// <summary>The same city with what was learned.</summary>
    public KnowledgeWeighing With(LearningState learned) => new(this, learned);

    /// <summary>What the organiser is shown of each concern.</summary>
    public IReadOnlyList<ProposedConcern> Proposals => _proposals.Value;

    public Weighed Weigh(LetterContent letter, RecipientBlock block, DateOnly? day) => Weigh(letter, block, day, vote: null);

    /// <summary>The same with the vote of a language model for an office of the ranking; null: without.</summary>
    public Weighed Weigh(LetterContent letter, RecipientBlock block, DateOnly? day, Vote? vote)
    {
        var heard = Hear(letter, block, day);
        var officesOf = _planned.Of(letter, day);
        var mass = Mass(heard, officesOf);
        if (mass.DefaultIfEmpty().Max() <= 0 && _learned is null && heard.Rules.Count == 0)
            return new([], [], []);
        var (learned, vector) = Learned(heard);
        var probabilities = (_learned?.Mixing ?? Mixing.Cold).Probabilities(
            Mixing.Relative([.. mass, heard.Evidence.Nobody + Unassigned(heard.Evidence.Shares, officesOf)]), learned);
        var clear = Array.FindIndex(probabilities, 0, mass.Length, p => p >= VoiceWeights.ClearlyElsewhere);
        var meant = AddRules(heard.Rules, officesOf, probabilities);
        var contradicted = clear >= 0 && !meant.Contains(clear) && heard.Rules.Any(r => r.Rule.IsByPrint);
        if (vote is not null) AddVote(vote, probabilities);
        var ranking = Enumerable.Range(0, mass.Length).Where(i => mass[i] > 0 || learned[i] > 0 || meant.Contains(i))
            .OrderByDescending(i => probabilities[i]).ThenBy(i => i).Take(8)
            .Select(i => (Office: i, Probability: probabilities[i])).ToList();
        if (ranking.Count == 0)
            return new([], [], []);
        var reasons = new KnowledgeReasons(_model, _offices, officesOf, _spans);
        var close = ranking.Count > 1 && ranking[1].Probability >= LeastRunnerUp;
        return new(
            [.. ranking.Take(5).Select(r => new RankedUnit(_offices[r.Office].Id, r.Probability))], ReasonsFor(ranking[0].Office),
            Also(ranking, heard.Evidence.Margins, officesOf),
            contradicted || heard.Rules.Any(r => r.Rule.IsForPerson) || IsContradicted(ranking[0].Office, heard.History))
        {
            RunnerUpReasons = close ? ReasonsFor(ranking[1].Office) : [],
        };

        IReadOnlyList<Reason> ReasonsFor(int office) => reasons.Of(office, heard, LearnedReason(office, heard, vector, learned));
    }

    /// <summary>What is kept of a letter that a person decided.</summary>
    public LearnedLetter Take(LetterContent letter, RecipientBlock block, string unit, bool doubtful)
    {
        var heard = Hear(letter, block, day: null);
        var shares = heard.Evidence.Shares;
        var concerns = Enumerable.Range(0, shares.Length).Where(c => shares[c] >= LeastKeptShare).OrderByDescending(c => shares[c])
            .Take(MostKeptConcerns).Select(c => new ConcernShare(_model.Concerns[c].Id, (float)shares[c])).ToArray();
        var (named, factors) = (new double[_offices.Count], new double[_offices.Count]);
        AddNamed(heard, named);
        Array.Fill(factors, 1);
        AddFactors(heard, factors);
        for (var i = 0; i < named.Length; i++)
            named[i] /= factors[i];
        // The name of a school takes over evidence that the others have: how much of it there is, the concerns say.
        var mass = ConcernMass(shares, _planned.Of(letter, day: null));
        var before = (double[])mass.Clone();
        AddInstances(heard, mass);
        for (var i = 0; i < mass.Length; i++)
            if (before[i] > 0) factors[i] *= mass[i] / before[i];
        var units = Enumerable.Range(0, named.Length).Where(i => named[i] > 0 || Math.Abs(factors[i] - 1) > 0.001)
            .Select(i => new UnitSupport(_offices[i].Id, (float)named[i], (float)Math.Log(factors[i]))).ToArray();
        return LearnedLetter.Of(letter.Id, unit, heard.Features, new(concerns, (float)heard.Evidence.Nobody, units), doubtful);
    }

    private IReadOnlyList<Assignment> Proposed(string concern) => _concerns.TryGetValue(concern, out var c) ? _proposed[c] : [];

    private (int Office, float Weight)[] Places(IEnumerable<Assignment> assignments) =>
        [.. assignments.Where(a => _place.ContainsKey(a.Unit)).Select(a => (_place[a.Unit], (float)a.Weight))
            .OrderByDescending(a => a.Item2)];

    /// <summary>Learned score of each office; all 0 without anything learned.</summary>
    private (float[] Scores, LetterVector? Vector) Learned(Heard heard)
    {
        var scores = new float[_offices.Count];
        if (_learned is null)
            return (scores, null);
        var vector = _learned.Rarities.Vector(LearnedLetter.Of("", "", heard.Features, KnownEvidence.None, doubtful: false));
        foreach (var (unit, score) in _learned.Score(vector))
            if (_place.TryGetValue(unit, out var place))
                scores[place] = score;
        return (scores, vector);
    }

    private Reason? LearnedReason(int office, Heard heard, LetterVector? vector, float[] scores)
    {
        if (vector is null || _learned!.Mixing.Learned * scores[office] is not (> LeastToldLearned and var weight))
            return null;
        var column = _learned.ColumnOf(_offices[office].Id);
        IReadOnlyList<TextSpan> spans = column < 0 ? [] : TellingWords.Find(heard.Letter,
            word => heard.Features.Words.TryGetValue(word, out var count) ? _learned.Share(word, count, column, vector.Norms.Words) : 0,
            sequence => LearnedLetter.IsKept(sequence) && heard.Features.Sequences.TryGetValue(sequence, out var count)
                ? _learned.Share(sequence, count, column, vector.Norms.Sequences) : 0);
        return new(ReasonKind.Learned, weight, Texts.Stored("ReasonLearned", _offices[office].Name), spans);
    }

    private Heard Hear(LetterContent letter, RecipientBlock block, DateOnly? day)
    {
        var features = LetterFeatures.Of(letter);
        return new(
            letter, features, ConcernEvidence.Of(letter, features, _model, _spans), _address.Hear(block, letter.Recipient),
            _references.Hear(letter), _instances.Find(letter),
            _rules.Hear(letter, day), History(letter),
            [.. FormNames.OfTheProgram.Find(letter).Where(f => _concerns.ContainsKey(f.Concern)).Select(f => (_concerns[f.Concern], f))]);
    }

    private List<HistorySupport> History(LetterContent letter)
    {
        if (_history is null) return [];
        var traces = LetterTraces.Of(letter, _key);
        return [.. _history.Of([.. traces.Select(t => t.Kept)])
            .Where(e => _place.ContainsKey(e.Unit))
            .Select(e => new HistorySupport(_place[e.Unit], e, traces.First(t => t.Hash == e.Trace).Span))];
    }

    /// <summary>Evidence for each office, where "nobody can tell" has the mass of <see cref="VoiceWeights.Nobody"/>.</summary>
    private double[] Mass(Heard heard, (int Office, float Weight)[][] officesOf)
    {
        var mass = ConcernMass(heard.Evidence.Shares, officesOf);
        AddFactors(heard, mass);
        AddNamed(heard, mass);
        AddInstances(heard, mass);
        AddSubjects(heard, mass);
        AddForms(heard, officesOf, mass);
        AddHistory(heard, mass);
        return mass;
    }

    /// <summary>The organiser's word outweighs everything a letter says; two rules that contradict each other leave it open.</summary>
    private int[] AddRules(IReadOnlyList<MetRule> rules, (int Office, float Weight)[][] officesOf, double[] probabilities)
    {
        var meant = rules.SelectMany(r => Meant(r.Rule, officesOf)).GroupBy(m => m.Office)
            .Select(g => (Office: g.Key, Weight: g.Max(m => m.Weight))).ToArray();
        foreach (var (office, weight) in meant)
            probabilities[office] += weight * VoiceWeights.Rule;
        foreach (ref var probability in probabilities.AsSpan())
            probability /= 1 + meant.Sum(m => m.Weight) * VoiceWeights.Rule;
        return [.. meant.Select(m => m.Office)];
    }

    private (int Office, float Weight)[] Meant(CityRule rule, (int Office, float Weight)[][] officesOf)
    {
        if (rule.Concern is { } concern) return _concerns.TryGetValue(concern, out var c) ? officesOf[c] : [];
        return rule.Unit is { } unit && _place.TryGetValue(unit, out var office) ? [(office, 1)] : [];
    }

    /// <summary>A vote moves the odds of its office by a factor.</summary>
    private void AddVote(Vote vote, double[] probabilities)
    {
        if (!_place.TryGetValue(vote.Unit, out var office)) return;
        var added = probabilities[office] * (Math.Exp(vote.Weight) - 1);
        probabilities[office] += added;
        foreach (ref var probability in probabilities.AsSpan())
            probability /= 1 + added;
    }

    /// <summary>
    /// The name of a school or the like tells which of them is meant, and only a little that one of them is meant at all: it takes over the
    /// evidence of the others that do the same work.
    /// </summary>
    private void AddInstances(Heard heard, double[] mass)
    {
        foreach (var alike in _alike)
        {
            var named = heard.Instances.Where(i => alike.Contains(i.Target)).ToArray();
            var before = alike.Sum(t => mass[t]);
            if (named.Length == 0 || before <= 0) continue;
            foreach (var instance in named)
                mass[instance.Target] *= Math.Exp(VoiceWeights.Name * instance.Strength);
            var scale = before / alike.Sum(t => mass[t]) * Math.Exp(VoiceWeights.NamedKind * named.Max(i => i.Strength));
            foreach (var t in alike)
                mass[t] *= scale;
        }
    }

    /// <summary>
    /// A school or the like whose name is the subject is often meant itself, also in matters that no concern describes; one that is
    /// greeted is meant.
    /// </summary>
    private static void AddSubjects(Heard heard, double[] mass)
    {
        foreach (var instance in heard.Instances)
        {
            if (instance.IsGreeted) mass[instance.Target] += instance.Strength * heard.WorthOf(VoiceWeights.GreetedMargin);
            else if (instance.Span is { Field: LetterField.Subject })
                mass[instance.Target] += instance.Strength * heard.WorthOf(VoiceWeights.SubjectMargin);
        }
    }

    /// <summary>Earlier letters with the same reference went elsewhere, and none of them there: a person should look.</summary>
    private static bool IsContradicted(int office, List<HistorySupport> history)
    {
        var references = history.FindAll(h => h.Earlier.Kind is TraceKind.Reference or TraceKind.Series);
        return references.Count > 0 && references.TrueForAll(h => h.Office != office);
    }

    /// <summary>The form of a concern, by its printed name.</summary>
    private static void AddForms(Heard heard, (int Office, float Weight)[][] officesOf, double[] mass)
    {
        foreach (var (concern, form) in heard.Forms)
            foreach (var (office, weight) in officesOf[concern])
                mass[office] += form.Share * weight * heard.WorthOf(VoiceWeights.FormMargin);
    }

    private static void AddHistory(Heard heard, double[] mass)
    {
        foreach (var (office, earlier, _) in heard.History)
            mass[office] = earlier.AddTo(mass[office], heard.Evidence.Nobody);
    }

    /// <summary>What address and references make of what there is.</summary>
    private static void AddFactors(Heard heard, double[] mass)
    {
        for (var i = 0; i < mass.Length; i++)
            mass[i] *= Math.Exp(VoiceWeights.Address * Math.Max(0, heard.Address[i].Named) + VoiceWeights.Street * heard.Address[i].Street
                + VoiceWeights.Reference * Math.Min(VoiceWeights.MostReferences, heard.References.Sum(r => r.Support[i])));
    }

    /// <summary>A named office counts like a faintly recognisable concern: it leads only where the letter says little.</summary>
    private static void AddNamed(Heard heard, double[] mass)
    {
        var support = heard.Address;
        var count = support.Count(s => s.Named >= AddressVoice.NamedFrom);
        for (var i = 0; i < mass.Length; i++)
            if (support[i].Named >= AddressVoice.NamedFrom)
                mass[i] += heard.WorthOf(VoiceWeights.NamedMargin) / count;
    }

    /// <summary>Share of concerns that perhaps nobody here does: a person should look.</summary>
    private static double Unassigned(double[] shares, (int Office, float Weight)[][] officesOf) => Enumerable.Range(0, shares.Length)
        .Sum(c => shares[c] * Math.Max(0, 1 - officesOf[c].Sum(o => o.Weight)));

    private double[] ConcernMass(double[] shares, (int Office, float Weight)[][] officesOf)
    {
        var mass = new double[_offices.Count];
        for (var c = 0; c < shares.Length; c++)
            foreach (var (office, weight) in officesOf[c])
                mass[office] += shares[c] * weight;
        return mass;
    }

    /// <summary>Further offices with a clear concern of their own, or with one about as loud as the loudest.</summary>
    private List<string> Also(
        IReadOnlyList<(int Office, double Probability)> ranking, float[] margins, (int Office, float Weight)[][] officesOf)
    {
        var also = new List<string>();
        var loudest = margins.DefaultIfEmpty().Max();
        foreach (var (office, probability) in ranking.Skip(1).Take(3))
        {
            var own = Enumerable.Range(0, margins.Length).Where(c => officesOf[c].Any(a => a.Office == office && a.Weight > 0.5))
                .Select(c => margins[c]).DefaultIfEmpty(float.MinValue).Max();
            if (own >= VoiceWeights.ClearConcern || (probability >= VoiceWeights.SecondMatter && own >= VoiceWeights.HeardConcern
                && own >= loudest - VoiceWeights.AboutAsLoud)) also.Add(_offices[office].Id);
        }

        return also;
    }
}

/// <summary>What was heard of a letter, kept for telling the reasons.</summary>
internal sealed record Heard(
    LetterContent Letter, TextFeatures Features, ConcernEvidence Evidence, AddressSupport[] Address,
    IReadOnlyList<ReferenceSupport> References,
    IReadOnlyList<NamedInstance> Instances, IReadOnlyList<MetRule> Rules, List<HistorySupport> History,
    IReadOnlyList<(int Concern, NamedForm Form)> Forms)
{
    /// <summary>Evidence that a concern of this margin would be.</summary>
    public double WorthOf(double margin) => Evidence.Nobody * Math.Exp(VoiceWeights.Sharpness * (margin - VoiceWeights.Nobody));
}

/// <summary>What earlier letters say for an office, and where the letter shows that it belongs to them.</summary>
internal sealed record HistorySupport(int Office, EarlierLetters Earlier, TextSpan Span);
