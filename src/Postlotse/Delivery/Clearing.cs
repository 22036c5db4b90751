using System.Text.Json;
using Postlotse.Evidence;
using Postlotse.Letters;

namespace Postlotse.Delivery;

/// <summary>
/// A person's actions on letters: clearing (Klärung), return from an office (Rückgabe), setting aside. Pure functions of the letter as it
/// is now: whoever comes second finds the letter in another place and changes nothing, so no letter is delivered twice.
/// </summary>
public static class Clearing
{
    /// <summary>From this return of one letter on, the evidence carries a hint: the letter goes in circles.</summary>
    public const int ReturnsBeforeHint = 3;

    /// <summary>Most characters of an office's reason for a return; the rest is cut off.</summary>
    public const int LongestReason = 300;

    /// <summary>
    /// The mailroom sends a letter from clearing to an office. The event tells the office, what was proposed (null: nothing), and the
    /// chosen office's rank in the proposal (null: not proposed).
    /// </summary>
    /// <param name="letter">As it is now.</param>
    /// <param name="unit">A unit with tasks, or an external authority.</param>
    /// <param name="account">Who acts.</param>
    /// <param name="organisation">The one in force.</param>
    /// <param name="now">Becomes the time of delivery.</param>
    public static ClearingResult Assign(Letter letter, string unit, Account account, Organisation organisation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(organisation);
        if (letter.Place != Place.Clearing) return Refuse(Refusal.NotHereAnymore);
        if (!Access.MayClear(account, letter)) return Refuse(Refusal.NotAllowed);
        if (!organisation.IsTarget(unit)) return Refuse(Refusal.NoSuchOffice);
        var proposed = letter.Decision is { Unit.Length: > 0 } decision ? decision.Unit : null;
        return Changed(
            letter with { Place = Place.Postkorb, Stage = null, Unit = unit, DeliveredAt = now },
            EventKind.Assigned, account, new AssignedData(unit, proposed, Rank(letter, unit)));
    }

    /// <summary>
    /// A member of the office gives a letter back to clearing. Its receipt date stays as it is. The event tells the office, how many times
    /// the letter came back by now, and from <see cref="ReturnsBeforeHint"/> on "circles": true.
    /// </summary>
    /// <param name="letter">As it is now.</param>
    /// <param name="reason">The office's words, for the mailroom; may be null. They stay in the evidence: no names, no content.</param>
    /// <param name="account">Who acts.</param>
    public static ClearingResult Return(Letter letter, string? reason, Account account)
    {
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentNullException.ThrowIfNull(account);
        if (letter is not { Place: Place.Postkorb, Unit: { } unit }) return Refuse(Refusal.NotHereAnymore);
        if (!Access.IsMember(account, unit)) return Refuse(Refusal.NotAllowed);
        var count = letter.Findings.Count(f => f.Kind == FindingKind.ReturnedByOffice) + 1;
        var finding = new Finding(FindingKind.ReturnedByOffice, Detail: count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return Changed(
            MovedTo(Place.Clearing, letter.With(finding)),
            EventKind.Returned, account, new ReturnedData(unit, count, count >= ReturnsBeforeHint, Shorten(reason)));
    }

    /// <summary>The mailroom takes a letter out of clearing for good; it is kept and can be taken back by <see cref="Reopen"/>.</summary>
    public static ClearingResult SetAside(Letter letter, SetAsideReason reason, Account account)
    {
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentNullException.ThrowIfNull(account);
        if (letter.Place != Place.Clearing) return Refuse(Refusal.NotHereAnymore);
        if (!Access.MayClear(account, letter) || reason == SetAsideReason.DividedAnew) return Refuse(Refusal.NotAllowed);
        return Changed(
            MovedTo(Place.SetAside, letter),
            EventKind.SetAside, account, new SetAsideData(reason));
    }

    /// <summary>
    /// The mailroom takes a letter that was set aside back into clearing; never one whose pages belong to other letters now.
    /// </summary>
    public static ClearingResult Reopen(Letter letter, Account account)
    {
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentNullException.ThrowIfNull(account);
        if (letter.Place != Place.SetAside) return Refuse(Refusal.NotHereAnymore);
        if (!Access.MayReopen(account, letter)) return Refuse(Refusal.NotAllowed);
        return Changed(letter with { Place = Place.Clearing, Stage = null }, EventKind.Reopened, account, new { });
    }

    /// <summary>
    /// The mailroom takes a letter out of a Postkorb that nobody looks after back into clearing; its receipt date stays as it is. The
    /// event tells the office.
    /// </summary>
    /// <param name="letter">As it is now.</param>
    /// <param name="account">Who acts.</param>
    /// <param name="attendance">Who looks after which Postkorb.</param>
    public static ClearingResult TakeBack(Letter letter, Account account, Attendance attendance)
    {
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(attendance);
        if (letter is not { Place: Place.Postkorb, Unit: { } unit }) return Refuse(Refusal.NotHereAnymore);
        if (!attendance.MayTakeBack(account, letter)) return Refuse(Refusal.NotAllowed);
        return Changed(
            MovedTo(Place.Clearing, letter),
            EventKind.Reopened, account, new UnitData(unit));
    }

    /// <summary>
    /// The mailroom takes a letter of a batch that it divided wrongly out of a Postkorb back into clearing; its receipt date stays as it
    /// is. The event tells the office. Confidential and closed ones only their office gives back.
    /// </summary>
    /// <param name="letter">As it is now.</param>
    /// <param name="account">Who acts.</param>
    /// <param name="attendance">Knows which letters are open.</param>
    public static ClearingResult Recall(Letter letter, Account account, Attendance attendance)
    {
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(attendance);
        if (letter is not { Place: Place.Postkorb, Unit: { } unit }) return Refuse(Refusal.NotHereAnymore);
        if (letter.PartOf is null || !Access.IsAtWork(account, Role.Mailroom) || !attendance.IsOpen(letter))
            return Refuse(Refusal.NotAllowed);
        return Changed(MovedTo(Place.Clearing, letter), EventKind.Reopened, account, new UnitData(unit));
    }

    /// <summary>
    /// The mailroom has sent a letter for another authority on to it, as paper: the letter is set aside and kept. The event tells the
    /// authority.
    /// </summary>
    public static ClearingResult Forward(Letter letter, Account account, Attendance attendance)
    {
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(attendance);
        if (letter is not { Place: Place.Postkorb, Unit: { } unit }) return Refuse(Refusal.NotHereAnymore);
        if (!Access.IsAtWork(account, Role.Mailroom) || !attendance.IsExternal(unit)) return Refuse(Refusal.NotAllowed);
        return Changed(
            MovedTo(Place.SetAside, letter),
            EventKind.SetAside, account, new ForwardedData(unit, SetAsideReason.Forwarded));
    }

    /// <summary>
    /// An organiser sends a letter from the Postkorb of an office that no longer exists to clearing, without seeing it; its receipt date
    /// stays as it is. The event tells the office.
    /// </summary>
    /// <param name="letter">As it is now.</param>
    /// <param name="account">Who acts.</param>
    /// <param name="organisation">The one in force.</param>
    public static ClearingResult TakeFromGoneOffice(Letter letter, Account account, Organisation organisation)
    {
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(organisation);
        if (letter is not { Place: Place.Postkorb, Unit: { } unit }) return Refuse(Refusal.NotHereAnymore);
        if (!Access.IsAtWork(account, Role.Organiser) || organisation.IsTarget(unit)) return Refuse(Refusal.NotAllowed);
        return Changed(
            MovedTo(Place.Clearing, letter),
            EventKind.Reopened, account, new UnitData(unit));
    }

    /// <summary>Out of any Postkorb, and no stage's work any more.</summary>
    private static Letter MovedTo(Place place, Letter letter) =>
        letter with { Place = place, Stage = null, Unit = null, DeliveredAt = null };

    private static int? Rank(Letter letter, string unit)
    {
        var ranking = letter.Decision?.Ranking ?? [];
        for (var i = 0; i < ranking.Count; i++)
            if (string.Equals(ranking[i].Unit, unit, StringComparison.Ordinal)) return i + 1;
        return null;
    }

    private static string? Shorten(string? reason)
    {
        if (string.IsNullOrWhiteSpace(reason)) return null;
        var text = new string([.. reason.Trim().Select(c => char.IsControl(c) ? ' ' : c)]);
        if (text.Length <= LongestReason) return text;
        return text[..(char.IsHighSurrogate(text[LongestReason - 1]) ? LongestReason - 1 : LongestReason)];
    }

    private static ClearingResult Refuse(Refusal refusal) => new(null, refusal);

    private static ClearingResult Changed<T>(Letter letter, EventKind kind, Account account, T data)
    {
        var change = new NewEvent(kind, Actor(account), JsonSerializer.Serialize(data, PostlotseJson.Compact));
        return new(new LetterChange(letter, [change]), null);
    }

    internal static string Actor(Account account) =>
        account.Id.StartsWith("account:", StringComparison.Ordinal) ? account.Id : "account:" + account.Id;

    private sealed record AssignedData(string Unit, string? Proposed, int? Rank);

    private sealed record ReturnedData(string Unit, int Count, bool Circles, string? Reason);

    private sealed record UnitData(string Unit);

    private sealed record ForwardedData(string Unit, SetAsideReason Reason);

    private sealed record SetAsideData(SetAsideReason Reason);
}
