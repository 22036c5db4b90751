using Postlotse.Language;
using Postlotse.Letters;

namespace Postlotse.Responsibility.Lexical;

/// <summary>
/// The voice of the content: likeness of a letter to each office's name and tasks (BM25 over stems and parts of compounds; Robertson and
/// Zaragoza, 2009), the subject counting more than the body.
/// </summary>
internal sealed class ConcernVoice
{
    private const double Saturation = 1, LengthShare = 0.4, PartWeight = 0.6;
    private const double SubjectWeight = 4, PhraseWeight = 1.5, NameWeight = 1.5;
    private const int SpansPerTerm = 2, TermsPerReason = 3;
    private readonly IReadOnlyList<Office> _offices;
    private readonly Dictionary<string, List<Posting>> _postings = new(StringComparer.Ordinal);
    private readonly TownName _town;

    public ConcernVoice(IReadOnlyList<Office> offices, string city)
    {
        _offices = offices;
        _town = new(city);
        var documents = offices.Select(Document).ToList();
        var mean = Math.Max(1e-9, documents.Sum(d => d.Values.Sum()) / Math.Max(1, documents.Count));
        for (var i = 0; i < documents.Count; i++)
        {
            var damping = Saturation * (1 - LengthShare + LengthShare * documents[i].Values.Sum() / mean);
            foreach (var (term, count) in documents[i])
            {
                if (!_postings.TryGetValue(term, out var list)) _postings[term] = list = [];
                list.Add(new(i, count * (Saturation + 1) / (count + damping)));
            }
        }
    }

    /// <summary>Terms of a letter's own words: subject, body, enclosures, and what the address names.</summary>
    public Query Ask(LetterContent letter, RecipientBlock block)
    {
        var query = new Query();
        Add(query, LetterField.Subject, letter.Subject, 0, SubjectWeight);
        Add(query, LetterField.Body, letter.Body, 0, 1);
        Add(query, LetterField.Enclosures, letter.Enclosures, 0, 1);
        return Ask(query, letter.Recipient, block);
    }

    /// <summary>Terms of the address block alone.</summary>
    public Query AskAddress(string recipient, RecipientBlock block) => Ask(new Query(), recipient, block);

    /// <summary>Terms of words from elsewhere.</summary>
    public Query AskWords(string words)
    {
        var query = new Query();
        Add(query, null, words, 0, 1);
        return query;
    }

    /// <summary>Likeness for each office, 0 and up.</summary>
    public double[] Hear(Query query)
    {
        var scores = new double[_offices.Count];
        foreach (var (term, asked) in query.Terms)
        {
            if (!_postings.TryGetValue(term, out var postings)) continue;
            var weight = Rarity(postings.Count) * asked.Saturated;
            foreach (var posting in postings) scores[posting.Office] += weight * posting.Weight;
        }

        return scores;
    }

    /// <summary>The task that fits best, and the letter's words that say so; null when nothing does.</summary>
    public (string? Task, IReadOnlyList<TextSpan> Spans)? Explain(Query query, int office)
    {
        var shares = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (term, asked) in query.Terms)
            if (_postings.TryGetValue(term, out var postings) && postings.Find(p => p.Office == office) is { Weight: > 0 } posting)
                shares[term] = Rarity(postings.Count) * asked.Saturated * posting.Weight;
        if (shares.Count == 0) return null;
        var best = _offices[office].Tasks
            .Select(t => (Task: t, Share: Words(t).Select(w => w.Term).Distinct(StringComparer.Ordinal).Sum(shares.GetValueOrDefault)))
            .MaxBy(t => t.Share);
        var telling = shares.OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal).Take(TermsPerReason);
        var spans = telling.SelectMany(s => query.Terms[s.Key].Spans).Distinct().OrderBy(s => s.Field).ThenBy(s => s.Start).ToList();
        return (best.Share > 0 ? best.Task : null, spans);
    }

    private Query Ask(Query query, string recipient, RecipientBlock block)
    {
        foreach (var phrase in block.Phrases)
            Add(query, LetterField.Recipient, recipient.Substring(phrase.Start, phrase.Length), phrase.Start, PhraseWeight);
        return query;
    }

    private void Add(Query query, LetterField? field, string text, int offset, double weight)
    {
        foreach (var (term, token, part) in Words(text))
        {
            if (!query.Terms.TryGetValue(term, out var asked)) query.Terms[term] = asked = new();
            asked.Weight += weight * part;
            if (field is { } of && asked.Spans.Count < SpansPerTerm) asked.Spans.Add(new(of, offset + token.Start, token.Length));
        }
    }

    private Dictionary<string, double> Document(Office office)
    {
        var counts = new Dictionary<string, double>(StringComparer.Ordinal);
        Count(office.Name, NameWeight);
        foreach (var task in office.Tasks) Count(task, 1);
        foreach (var name in office.Above) Count(name, 0.2);
        return counts;

        void Count(string text, double weight)
        {
            foreach (var (term, _, part) in Words(text)) counts[term] = counts.GetValueOrDefault(term) + weight * part;
        }
    }

    private IEnumerable<(string Term, Token Token, double Weight)> Words(string text)
    {
        foreach (var token in GermanText.Tokens(text))
        {
            if (GermanText.IsStopWord(token.Text) || _town.IsIn(token.Text)) continue;
            var weight = 1d;
            foreach (var term in GermanText.Terms(token.Text))
            {
                if (!Office.IsGeneric(term) && !term.All(char.IsAsciiDigit)) yield return (term, token, weight);
                weight = PartWeight;
            }
        }
    }

    private double Rarity(int offices) => Math.Log(1 + (_offices.Count - offices + 0.5) / (offices + 0.5));

    private sealed record Posting(int Office, double Weight);

    /// <summary>What is asked: terms with their weight and place in the letter.</summary>
    internal sealed class Query
    {
        public Dictionary<string, AskedTerm> Terms { get; } = new(StringComparer.Ordinal);
    }

    /// <summary>A term of a query.</summary>
    internal sealed class AskedTerm
    {
        public double Weight { get; set; }

        public List<TextSpan> Spans { get; } = [];

        public double Saturated => Weight * 2.5 / (Weight + 1.5);
    }
}
