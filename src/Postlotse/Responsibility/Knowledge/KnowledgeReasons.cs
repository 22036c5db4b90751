using Postlotse.Letters;
using Postlotse.Responsibility.City;
using Postlotse.Responsibility.Knowledge.Voices;
using Postlotse.Responsibility.Learning;
using Postlotse.Responsibility.Lexical;

namespace Postlotse.Responsibility.Knowledge;

/// <summary>Tells why an office was proposed (Begründung): concerns with the letter's words, address, references, own name.</summary>
internal sealed class KnowledgeReasons(
    ConcernModel model, IReadOnlyList<Office> offices, (int Office, float Weight)[][] officesOf, ConcernSpans spans)
{
    private const int MostConcerns = 2;

    /// <summary>UTF-16 units of a barcode in a reason.</summary>
    private const int LongestShown = 60;

    /// <summary>A second concern is told when its odds are at least this share of the first one's.</summary>
    private const double SecondConcern = 0.2;

    /// <summary>Reasons, strongest first; their weights are shares of all evidence and sum to at most 1.</summary>
    public IReadOnlyList<Reason> Of(int office, Heard heard, Reason? learned)
    {
        var reasons = new List<Reason>();
        if (learned is not null)
            reasons.Add(learned);
        AddConcerns(office, heard, reasons);
        var support = heard.Address[office];
        if (support.Phrase is { } phrase && support.Named > 0)
            reasons.Add(new(ReasonKind.Address, VoiceWeights.Address * support.Named,
                Texts.Stored(support.IsGroup ? "ReasonNamedGroup" : "ReasonNamed", offices[office].Name), [phrase]));
        if (support is { StreetLine: { } line, Street: > 0.1 })
            reasons.Add(new(ReasonKind.Address, VoiceWeights.Street * support.Street,
                Texts.Stored("ReasonStreet", offices[office].Name), [line]));
        foreach (var reference in heard.References.Where(r => r.Support[office] > 0).Take(2))
            reasons.Add(new(ReasonKind.Reference, VoiceWeights.Reference * reference.Support[office], reference.Text, [reference.Span]));
        foreach (var instance in heard.Instances.Where(i => i.Target == office && i.Span is not null))
            reasons.Add(new(ReasonKind.Rule, VoiceWeights.Name * instance.Strength,
                Texts.Stored("ReasonInstance", offices[office].Name), [instance.Span!]));
        foreach (var (concern, form) in heard.Forms)
            if (officesOf[concern].FirstOrDefault(a => a.Office == office).Weight is > 0 and var weight)
                reasons.Add(new(ReasonKind.Concern, VoiceWeights.Sharpness * (VoiceWeights.FormMargin + 1) * form.Share * weight,
                    Texts.Stored("ReasonForm", heard.Letter.Form.Substring(form.Span.Start, form.Span.Length)), [form.Span]));
        foreach (var (_, earlier, span) in heard.History.Where(h => h.Office == office))
            reasons.Add(new(earlier.Voice, earlier.LogFactor, Texts.Stored(
                EarlierText(earlier.Kind, span), offices[office].Name, earlier.There, earlier.All), [span]));
        var unit = offices[office].Id;
        foreach (var met in heard.Rules.Where(r => r.Rule.IsForPerson || string.Equals(r.Rule.Unit, unit, StringComparison.Ordinal)
            || Array.Exists(OfConcern(r.Rule.Concern), a => a.Office == office)))
            reasons.Add(new(ReasonKind.Rule, Math.Log(VoiceWeights.Rule), RuleText(met, heard.Letter), met.Spans));
        var sum = reasons.Sum(r => r.Weight);
        return [.. reasons.Select(r => r with { Weight = r.Weight / sum }).OrderByDescending(r => r.Weight)];
    }

    private (int Office, float Weight)[] OfConcern(string? id)
    {
        for (var c = 0; c < model.Concerns.Count; c++)
            if (string.Equals(model.Concerns[c].Id, id, StringComparison.Ordinal)) return officesOf[c];
        return [];
    }

    private static string RuleText(MetRule met, LetterContent letter)
    {
        var print = met.Rule.IsByPrint ? met.Spans.FirstOrDefault(s => s.Field is LetterField.Form or LetterField.Barcodes) : null;
        if (print is null) return Texts.Stored("ReasonRule", met.Rule.Name);
        var text = letter[print.Field].Substring(print.Start, print.Length);
        var length = Math.Min(text.Length, LongestShown);
        if (length < text.Length) text = text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)] + "…";
        return Texts.Stored(print.Field == LetterField.Form ? "ReasonRuleForm" : "ReasonRuleBarcode", met.Rule.Name, text);
    }

    private static string EarlierText(TraceKind kind, TextSpan span) => kind switch
    {
        TraceKind.Sender => "ReasonEarlierSender",
        TraceKind.Person => "ReasonEarlierPerson",
        TraceKind.Series => span.Field == LetterField.Form ? "ReasonEarlierForm" : "ReasonEarlierBarcode",
        _ => "ReasonEarlierReference",
    };

    private void AddConcerns(int office, Heard heard, List<Reason> reasons)
    {
        var own = Enumerable.Range(0, officesOf.Length)
            .Select(c => (Concern: c, Weight: officesOf[c].FirstOrDefault(a => a.Office == office).Weight))
            .Where(c => c.Weight > 0)
            .Select(c => (c.Concern, Odds: c.Weight * heard.Evidence.Shares[c.Concern]))
            .OrderByDescending(c => c.Odds).ThenBy(c => c.Concern).Take(MostConcerns).ToArray();
        if (own.Length == 0)
            return;
        foreach (var (concern, odds) in own.Where(c => c.Odds >= own[0].Odds * SecondConcern))
        {
            // A margin of -1 says nothing; from there evidence grows.
            var weight = VoiceWeights.Sharpness * Math.Max(0.05, heard.Evidence.Margins[concern] + 1) * odds / own[0].Odds;
            reasons.Add(new(ReasonKind.Concern, weight, model.Concerns[concern].Title, concern == heard.Evidence.Loudest
                ? heard.Evidence.Passages : spans.Find(heard.Letter, heard.Features, concern)));
        }
    }
}
