using Postlotse.Letters;

namespace Postlotse.Delivery;

/// <summary>An account of a person (Konto).</summary>
/// <param name="Id">Pseudonymous; appears in the evidence.</param>
/// <param name="Name">Sign-in name, lower case.</param>
/// <param name="DisplayName">For people.</param>
/// <param name="Roles">What the person may do.</param>
/// <param name="Units">Offices whose Postkorb the person sees.</param>
/// <param name="MustChangePassword">Until the first password is replaced nothing else is allowed.</param>
/// <param name="Disabled">May not sign in.</param>
public sealed record Account(
    string Id, string Name, string DisplayName, IReadOnlyList<Role> Roles, IReadOnlyList<string> Units,
    bool MustChangePassword, bool Disabled);

/// <summary>Roles; none implies another.</summary>
public enum Role
{
    /// <summary>Poststelle: intake and clearing; sees what is not delivered yet.</summary>
    Mailroom,

    /// <summary>Amt: sees the Postkörbe of its own units.</summary>
    Office,

    /// <summary>Organisation: who is responsible for what; sees no letters.</summary>
    Organiser,

    /// <summary>Revision, Datenschutz: sees the evidence, no content of letters.</summary>
    Auditor,

    /// <summary>Accounts and settings; sees no letters.</summary>
    Administrator,

    /// <summary>
    /// Verschlossene Post: a person of the mailroom (it says nothing without <see cref="Mailroom"/>) who may see and assign what must
    /// stay closed to the others.
    /// </summary>
    ClosedMail,
}

/// <summary>Need to know, denied by default: who may see which letter and act on it. Pure.</summary>
public static class Access
{
    /// <summary>
    /// Whether the person may see the letter's content: its office once delivered; the mailroom while it waits for a person. What must
    /// stay closed is seen by those alone who have the right for it.
    /// </summary>
    public static bool MaySee(Account account, Letter letter)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(letter);
        return letter.Place switch
        {
            Place.Postkorb => IsMember(account, letter.Unit),
            // Before the decision nobody knows yet whether the letter must stay closed.
            Place.Underway => IsMailroom(account) && letter.Decision is not null && MayOpen(account, letter),
            // Pages of a letter that was replaced are those of others, which may lie in a Postkorb by now.
            Place.Clearing or Place.SetAside =>
                IsMailroom(account) && letter.PartOf is not { Replaced: true } && MayOpen(account, letter),
            // A divided batch shows its pages as far as its letters do, see Repair.VisiblePages.
            _ => false,
        };
    }

    /// <summary>Whether the person works for that office and may act.</summary>
    public static bool IsMember(Account account, string? unit)
    {
        ArgumentNullException.ThrowIfNull(account);
        return unit is not null && IsActive(account) && account.Roles.Contains(Role.Office)
            && account.Units.Contains(unit, StringComparer.Ordinal);
    }

    /// <summary>
    /// Whether the person may decide where a letter in clearing goes. Of what must stay closed the others learn only that it waits.
    /// </summary>
    public static bool MayClear(Account account, Letter letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return letter.Place == Place.Clearing && IsMailroom(account) && MayOpen(account, letter);
    }

    /// <summary>Whether the person may take a letter that was set aside back into clearing.</summary>
    public static bool MayReopen(Account account, Letter letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return letter.Place == Place.SetAside && letter.PartOf is not { Replaced: true } && IsMailroom(account)
            && MayOpen(account, letter);
    }

    /// <summary>
    /// Whether an organiser's dry run may decide the letter again: one that was opened anyway. It shows offices and dates, never what the
    /// letter says; of letters that must stay closed it shows nothing.
    /// </summary>
    public static bool MayBeTried(Letter letter, Organisation organisation)
    {
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentNullException.ThrowIfNull(organisation);
        return letter is { Decision: not null, MustStayClosed: false }
            && (letter.Unit is null || organisation.UnitById(letter.Unit) is not { Handling: Handling.Sealed });
    }

    /// <summary>
    /// Whether the person may ask for the deletion of letters and agree to somebody else's request: data protection and whoever runs the
    /// program, neither of whom sees what a letter says.
    /// </summary>
    public static bool MayDelete(Account account) => IsAtWork(account, Role.Auditor) || IsAtWork(account, Role.Administrator);

    /// <summary>Whether the person has the role and may use it now.</summary>
    public static bool IsAtWork(Account account, Role role)
    {
        ArgumentNullException.ThrowIfNull(account);
        return IsActive(account) && account.Roles.Contains(role);
    }

    /// <summary>Whether the person may see and assign mail that must stay closed (verschlossene Post) before its delivery.</summary>
    public static bool MayOpenClosed(Account account) => IsAtWork(account, Role.Mailroom) && IsAtWork(account, Role.ClosedMail);

    private static bool MayOpen(Account account, Letter letter) => !letter.MustStayClosed || MayOpenClosed(account);

    private static bool IsMailroom(Account account) => IsAtWork(account, Role.Mailroom);

    private static bool IsActive(Account account) => account is { Disabled: false, MustChangePassword: false };
}
