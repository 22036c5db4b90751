namespace Postlotse.Web;

/// <summary>What an operator can set about the web application.</summary>
public sealed record WebSettings
{
    /// <summary>Shows the demo accounts with their passwords on the sign-in page. Never in productive use.</summary>
    public bool Demo { get; init; }

    /// <summary>Accounts shown in demo mode, as made by <c>DemoAccounts</c>.</summary>
    public IReadOnlyList<DemoAccount> DemoAccounts { get; init; } = [];

    /// <summary>Largest file taken by upload and API, in bytes.</summary>
    public long MaxUploadBytes { get; init; } = 200L * 1024 * 1024;

    /// <summary>Folder of the keys that protect cookies; null keeps them in memory (everybody signs in again after a restart).</summary>
    public string? KeysFolder { get; init; }

    /// <summary>Sign-in attempts that one network address may make in a minute.</summary>
    public int SignInsPerMinute { get; init; } = 30;

    /// <summary>A session ends after this time without a request.</summary>
    public TimeSpan SessionLength { get; init; } = TimeSpan.FromHours(10);

    /// <summary>Time zone of all times that people read and enter.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    /// <summary>How often the database is asked for news while somebody watches.</summary>
    public TimeSpan LiveInterval { get; init; } = TimeSpan.FromSeconds(1);
}

/// <summary>A demo account as shown on the sign-in page.</summary>
/// <param name="Name">Sign-in name.</param>
/// <param name="Password">In clear: it protects nothing.</param>
/// <param name="Role">What it shows.</param>
/// <param name="Unit">Office of the account when it belongs to a single one; else null.</param>
public sealed record DemoAccount(string Name, string Password, Delivery.Role Role, string? Unit);
