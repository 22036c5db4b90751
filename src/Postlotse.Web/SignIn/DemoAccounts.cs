using Postlotse.Delivery;
using Postlotse.Evidence;
using Postlotse.Letters;
using Postlotse.Storage;

namespace Postlotse.Web.SignIn;

/// <summary>Accounts for trying Postlotse out: one a role, with a password that everybody may know.</summary>
public static class DemoAccounts
{
    private const string ClosedMailName = "poststelle-verschlossen";

    /// <summary>Of every demo account.</summary>
    public const string Password = "lotse-demo";

    /// <summary>Makes what is missing. For a demo with its own data folder only.</summary>
    /// <param name="accounts">Where they are kept.</param>
    /// <param name="passwords">Hashes.</param>
    /// <param name="organisation">Gives the offices.</param>
    /// <param name="clock">For the ids.</param>
    /// <param name="singleUnit">Office of the account that belongs to one office only; null takes the open one with most tasks.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <returns>For <see cref="WebSettings.DemoAccounts"/>.</returns>
    public static async Task<IReadOnlyList<DemoAccount>> EnsureAsync(
        AccountStore accounts, Passwords passwords, Organisation organisation, TimeProvider clock, string? singleUnit,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        ArgumentNullException.ThrowIfNull(passwords);
        ArgumentNullException.ThrowIfNull(organisation);
        var targets = organisation.Units.Where(u => u.Tasks.Count > 0).ToList();
        var single = targets.Find(u => string.Equals(u.Id, singleUnit, StringComparison.Ordinal))
            ?? targets.Where(u => u.Handling == Handling.Open).MaxBy(u => u.Tasks.Count) ?? targets[0];
        (string Name, string DisplayName, Role Role, IReadOnlyList<string> Units)[] wanted =
        [
            ("poststelle", "Paula Post", Role.Mailroom, []),
            (ClosedMailName, "Viktor Verschwiegen", Role.ClosedMail, []),
            ("amt", "Alex Amt", Role.Office, targets.ConvertAll(u => u.Id)),
            ("amt-" + new string([.. single.Id.ToLowerInvariant().Where(char.IsLetterOrDigit)]), single.Name, Role.Office, [single.Id]),
            ("organisation", "Olga Organisation", Role.Organiser, []),
            ("revision", "Renate Revision", Role.Auditor, []),
            ("verwaltung", "Adele Administration", Role.Administrator, []),
        ];
        var shown = new List<DemoAccount>();
        foreach (var (name, displayName, role, units) in wanted)
        {
            var id = FirstStart.NewId(clock);
            var account = new Account(id, name, displayName, RolesOf(role), units, MustChangePassword: false, Disabled: false);
            if (await accounts.FindByNameAsync(name, cancellationToken) is not { } known)
                await accounts.CreateAsync(account, passwords.Hash(account, Password), NewEvent.System, cancellationToken);
            else if (known.Disabled)
                await accounts.UpdateAsync(known with { Disabled = false }, NewEvent.System, cancellationToken);
            shown.Add(new(name, Password, role, units.Count == 1 ? units[0] : null));
        }

        return shown;
    }

    private static IReadOnlyList<Role> RolesOf(Role role) => role == Role.ClosedMail ? [Role.Mailroom, role] : [role];

    /// <summary>Disables accounts that still have the password everybody knows: what was a demo may become a real installation.</summary>
    /// <returns>Their names.</returns>
    public static async Task<IReadOnlyList<string>> CloseAsync(
        AccountStore accounts, Passwords passwords, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        ArgumentNullException.ThrowIfNull(passwords);
        var closed = new List<string>();
        foreach (var account in await accounts.ListAsync(cancellationToken))
        {
            if (account.Disabled || !IsDemoName(account.Name)) continue;
            if (await accounts.CredentialsAsync(account.Name, cancellationToken) is not { } known) continue;
            if (!passwords.Fits(account, known.PasswordHash, Password)) continue;
            await accounts.UpdateAsync(account with { Disabled = true }, NewEvent.System, cancellationToken);
            closed.Add(account.Name);
        }

        return closed;
    }

    /// <summary>Checking a password takes its time; only names the demo gives are checked.</summary>
    private static bool IsDemoName(string name) =>
        name is "poststelle" or ClosedMailName or "amt" or "organisation" or "revision" or "verwaltung"
        || name.StartsWith("amt-", StringComparison.Ordinal);
}
