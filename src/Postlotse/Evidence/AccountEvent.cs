namespace Postlotse.Evidence;

/// <summary>
/// A change of an account (Kontoereignis), as kept for evidence: all accounts together are one chain, so that an account cannot vanish
/// with its traces. Appended, never changed.
/// </summary>
/// <param name="AccountId">Account that was changed; pseudonymous.</param>
/// <param name="Sequence">1, 2, 3 … without gaps over all accounts.</param>
/// <param name="At">Time, millisecond precision, UTC.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Actor">"system", or the pseudonymous id of the account that did it.</param>
/// <param name="Data">Facts as compact JSON text (<see cref="AccountFacts"/>); no names, no passwords, no tokens.</param>
/// <param name="PreviousHash">Hash of the event before; of the first event: 64 zeros.</param>
/// <param name="Hash">Lower-case hexadecimal SHA-256 as computed by <see cref="EvidenceChain"/>.</param>
public sealed record AccountEvent(
    string AccountId, int Sequence, DateTimeOffset At, AccountEventKind Kind, string Actor, string Data, string PreviousHash, string Hash)
    : IChainedEvent
{
    string IChainedEvent.Subject => AccountId;

    string IChainedEvent.KindName => Kind.ToString();
}

/// <summary>Kinds of account events; stored by name.</summary>
public enum AccountEventKind
{
    /// <summary>There is a new account.</summary>
    Created,

    /// <summary>The account was there before evidence of accounts began.</summary>
    TakenOver,

    /// <summary>Roles or offices were given or taken.</summary>
    RightsChanged,

    /// <summary>The name shown to people is another one.</summary>
    Renamed,

    /// <summary>The account may not sign in any more.</summary>
    Locked,

    /// <summary>It may again.</summary>
    Unlocked,

    /// <summary>The person chose a new password.</summary>
    PasswordChanged,

    /// <summary>Somebody else, or the program, set a one-time password.</summary>
    PasswordReset,

    /// <summary>Wrong passwords: one network address has to wait before it may try again.</summary>
    SignInSlowed,

    /// <summary>A program may act for the account.</summary>
    TokenIssued,

    /// <summary>It may not any more.</summary>
    TokenRevoked,
}

/// <summary>What an account event tells besides its kind; members that do not apply are null and not stored.</summary>
/// <param name="RolesAdded">Names of roles given.</param>
/// <param name="RolesRemoved">Names of roles taken.</param>
/// <param name="UnitsAdded">Ids of offices given.</param>
/// <param name="UnitsRemoved">Ids of offices taken.</param>
/// <param name="Token">Id of a token; not the token.</param>
/// <param name="Label">What the token is for.</param>
/// <param name="Until">End of a wait, UTC.</param>
public sealed record AccountFacts(
    IReadOnlyList<string>? RolesAdded = null, IReadOnlyList<string>? RolesRemoved = null,
    IReadOnlyList<string>? UnitsAdded = null, IReadOnlyList<string>? UnitsRemoved = null,
    string? Token = null, string? Label = null, DateTimeOffset? Until = null);
