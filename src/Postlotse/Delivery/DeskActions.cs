using System.Text.Json;
using Postlotse.Evidence;
using Postlotse.Letters;

namespace Postlotse.Delivery;

/// <summary>
/// What a person can do with a letter: assign it in clearing, give it back as an office, set it aside, take it up again. Pure; null
/// means that the person may not, or that somebody else was quicker. Each action is for <c>IJourneyStore.ChangeAsync</c>.
/// </summary>
public static class DeskActions
{
    /// <summary>Longest reason that is kept, in UTF-16 units.</summary>
    public const int LongestReason = 500;

    /// <summary>A letter in clearing goes into an office's Postkorb.</summary>
    /// <param name="letter">As it is now.</param>
    /// <param name="unit">Id of a unit with tasks or of an external authority.</param>
    /// <param name="account">Who decides.</param>
    /// <param name="organisation">Where letters can go.</param>
    /// <param name="now">Time of delivery.</param>
    public static LetterChange? Assign(Letter letter, string unit, Account account, Organisation organisation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(organisation);
        if (!Access.MayClear(account, letter) || !organisation.IsTarget(unit)) return null;
        var ranking = letter.Decision?.Ranking ?? [];
        var rank = ranking.TakeWhile(r => !string.Equals(r.Unit, unit, StringComparison.Ordinal)).Count() + 1;
        var facts = new { unit, proposal = letter.Decision?.Unit, rank = rank <= ranking.Count ? rank : (int?)null };
        var delivered = letter with { Place = Place.Postkorb, Unit = unit, DeliveredAt = now, Stage = null };
        return new(delivered, [Event(EventKind.Assigned, account, facts)]);
    }

    /// <summary>An office says that it is not responsible: the letter goes back into clearing.</summary>
    /// <param name="letter">As it is now.</param>
    /// <param name="reason">In the clerk's words; may be empty.</param>
    /// <param name="account">A member of the office.</param>
    public static LetterChange? Return(Letter letter, string reason, Account account)
    {
        if (letter is not { Place: Place.Postkorb, Unit: { } unit } || !Access.MaySee(account, letter)) return null;
        var returned = letter with { Place = Place.Clearing, Unit = null, DeliveredAt = null, Stage = null };
        return new(
            returned.With(new Finding(FindingKind.ReturnedByOffice, Detail: unit)),
            [Event(EventKind.Returned, account, new { unit, reason = Shorten(reason) })]);
    }

    /// <summary>A letter in clearing is for no office (advertising, back to its sender): taken out, kept, with a reason.</summary>
    /// <param name="letter">As it is now.</param>
    /// <param name="reason">In the clerk's words; must not be empty.</param>
    /// <param name="account">Who decides.</param>
    public static LetterChange? SetAside(Letter letter, string reason, Account account)
    {
        if (!Access.MayClear(account, letter) || string.IsNullOrWhiteSpace(reason)) return null;
        return new(
            letter with { Place = Place.SetAside, Unit = null, DeliveredAt = null, Stage = null },
            [Event(EventKind.SetAside, account, new { reason = Shorten(reason) })]);
    }

    /// <summary>A letter set aside comes back into clearing.</summary>
    public static LetterChange? Reopen(Letter letter, Account account)
    {
        if (letter is not { Place: Place.SetAside } || !Access.IsAtWork(account, Role.Mailroom)) return null;
        return new(letter with { Place = Place.Clearing }, [Event(EventKind.Reopened, account, new { })]);
    }

    private static NewEvent Event<TFacts>(EventKind kind, Account account, TFacts facts) =>
        new(kind, account.Id, JsonSerializer.Serialize(facts, PostlotseJson.Compact));

    private static string Shorten(string reason)
    {
        var text = reason.Trim();
        return text.Length <= LongestReason ? text : text[..LongestReason];
    }
}
