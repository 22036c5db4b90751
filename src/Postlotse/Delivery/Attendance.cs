using Postlotse.Letters;

namespace Postlotse.Delivery;

/// <summary>
/// Which Postkörbe somebody looks after (Betreuung): those of offices with a member. Letters for other authorities are the mailroom's to
/// forward; letters in any other Postkorb must not lie there unseen. Pure.
/// </summary>
public sealed class Attendance
{
    private readonly Organisation _organisation;
    private readonly HashSet<string> _attended;

    /// <param name="organisation">The one in force.</param>
    /// <param name="accounts">All accounts; disabled ones look after nothing.</param>
    public Attendance(Organisation organisation, IEnumerable<Account> accounts)
    {
        ArgumentNullException.ThrowIfNull(organisation);
        ArgumentNullException.ThrowIfNull(accounts);
        _organisation = organisation;
        _attended = accounts.Where(a => !a.Disabled && a.Roles.Contains(Role.Office)).SelectMany(a => a.Units)
            .Where(unit => !IsExternal(unit)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Ids of the units with a member.</summary>
    public IReadOnlyCollection<string> Attended => _attended;

    /// <summary>Units that letters go to and nobody is a member of, in the organisation's order.</summary>
    public IReadOnlyList<Unit> Unattended =>
        _organisation.Units.Where(u => u.Tasks.Count > 0 && !_attended.Contains(u.Id)).ToList();

    /// <summary>Whether the Postkorb is that of an authority outside the city.</summary>
    public bool IsExternal(string unit) => _organisation.IsExternal(unit);

    /// <summary>
    /// Whether the mailroom may see subject and sender of a letter in a Postkorb without members. Of one that is confidential or must stay
    /// closed it sees the envelope's data alone.
    /// </summary>
    public bool IsOpen(Letter letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return letter is { Unit: { } unit, MustStayClosed: false, Decision: { Restriction: null } }
            && (IsExternal(unit) || _organisation.UnitById(unit) is { Handling: Handling.Open });
    }

    /// <summary>
    /// Whether the person may take the letter back into clearing: the mailroom, from another authority's Postkorb or one without members,
    /// unless the letter is confidential. One that must stay closed stays closed there, too.
    /// </summary>
    public bool MayTakeBack(Account account, Letter letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        if (letter is not { Place: Place.Postkorb, Unit: { } unit } || _attended.Contains(unit)) return false;
        return Access.IsAtWork(account, Role.Mailroom) && (letter.MustStayClosed || IsOpen(letter));
    }
}
