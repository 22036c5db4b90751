using Postlotse.Letters;

namespace Postlotse.Responsibility.Lexical;

/// <summary>
/// Letters that must stay closed (§ 202 StGB and house rules): addressed to an office whose mail is never opened, or endorsed as personal.
/// Sees the address block only; in doubt a person decides, without a look inside.
/// </summary>
internal sealed class EnvelopeRule(IReadOnlyList<Office> offices, AddressVoice address, ConcernVoice concerns)
{
    private const double Tie = 0.03;

    /// <summary>Fit from which an office is meant and no other that the city calls otherwise: "Personalamt" is not "Personalrat".</summary>
    private const double SurelyNamed = 0.9;

    /// <summary>Decision about a closed letter; null when it may be read.</summary>
    public Decision? Decide(string id, string recipient, RecipientBlock block)
    {
        var support = address.Hear(block, recipient);
        var named = Named(support);
        var closed = named.Where(i => offices[i].Handling == Handling.Sealed).ToList();
        // "Dezernat II" and "Bürgermeisterin" name all offices below: that some of them are never opened does not close the letter, unless
        // all are.
        if (closed.Count < named.Count) closed.RemoveAll(i => support[i].IsAbove);
        if (block.Endorsement is { } endorsement) return Endorsed(id, recipient, block, endorsement, named, closed, support);
        if (closed.Count == 0) return null;
        return named.Count == 1 && support[named[0]].Named >= SurelyNamed
            ? Sealed(id, named[0], null, recipient, support) : Review(id, named, Restrictions.Sealed, null, recipient, support);
    }

    private Decision Endorsed(
        string id, string recipient, RecipientBlock block, TextSpan endorsement, List<int> named, List<int> closed,
        AddressSupport[] support)
    {
        if (closed.Count == 1 && support[closed[0]].Named >= SurelyNamed) return Sealed(id, closed[0], endorsement, recipient, support);
        if (named.Count == 1 && closed.Count == 0) return Sealed(id, named[0], endorsement, recipient, support);
        if (named.Count == 0 && LikeliestClosed(recipient, block) is { } likely) named = [likely];
        return Review(id, named, Restrictions.Personal, endorsement, recipient, support);
    }

    /// <summary>Offices that the address names best.</summary>
    private static List<int> Named(AddressSupport[] support)
    {
        var best = support.Length == 0 ? 0 : support.Max(s => s.Named);
        if (best < AddressVoice.NamedFrom) return [];
        return [.. Enumerable.Range(0, support.Length).Where(i => support[i].Named >= best - Tie)];
    }

    /// <summary>"Angebot – nicht öffnen" names no office but a task of one whose mail is never opened.</summary>
    private int? LikeliestClosed(string recipient, RecipientBlock block)
    {
        var scores = concerns.Hear(concerns.AskAddress(recipient, block));
        int? best = null;
        for (var i = 0; i < scores.Length; i++)
            if (offices[i].Handling == Handling.Sealed && scores[i] > 0 && (best is not { } b || scores[i] > scores[b])) best = i;
        return best;
    }

    private Decision Sealed(string id, int office, TextSpan? endorsement, string recipient, AddressSupport[] support)
    {
        var probability = 0.85 + 0.13 * support[office].Named;
        return new()
        {
            Id = id, Outcome = Outcome.Sealed, Unit = offices[office].Id, Probability = probability,
            Ranking = [new(offices[office].Id, probability)], Restriction = Restrictions.Sealed,
            Reasons = Reasons(office, endorsement, recipient, support),
        };
    }

    private Decision Review(
        string id, List<int> named, string restriction, TextSpan? endorsement, string recipient, AddressSupport[] support)
    {
        var ranking = named.Take(5).Select(i => new RankedUnit(offices[i].Id, 0.9 / named.Count)).ToList();
        return new()
        {
            Id = id, Outcome = Outcome.Review, Unit = ranking is [var first, ..] ? first.Unit : "",
            Probability = ranking is [var top, ..] ? top.Probability : 0, Ranking = ranking, Restriction = restriction,
            Reasons = Reasons(named.Count > 0 ? named[0] : null, endorsement, recipient, support),
        };
    }

    private List<Reason> Reasons(int? office, TextSpan? endorsement, string recipient, AddressSupport[] support)
    {
        var reasons = new List<Reason>();
        var weight = endorsement is null ? 0.5 : 1.0 / 3;
        if (office is { } i && support[i].Phrase is { } phrase)
        {
            var text = Texts.Stored(support[i].IsGroup ? "ReasonNamedGroup" : "ReasonNamed", offices[i].Name);
            reasons.Add(new(ReasonKind.Address, weight, text, [phrase]));
            if (offices[i].Handling == Handling.Sealed)
                reasons.Add(new(ReasonKind.Rule, weight, Texts.Stored("ReasonSealedOffice"), [phrase]));
        }

        if (endorsement is not null)
        {
            var words = recipient.Substring(endorsement.Start, endorsement.Length);
            reasons.Add(new(ReasonKind.Rule, weight, Texts.Stored("ReasonEndorsement", words), [endorsement]));
        }

        return reasons;
    }
}
