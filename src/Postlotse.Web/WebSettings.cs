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

    /// <summary>How long letters are kept since they came to where they are; null: not laid down.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>Sign-in attempts for one account from one network address in a minute.</summary>
    public int SignInsPerMinute { get; init; } = 10;

    /// <summary>Sign-in attempts from one network address in a minute, for all accounts; many people may share an address.</summary>
    public int SignInsPerAddress { get; init; } = 120;

    /// <summary>A session ends after this time without a request.</summary>
    public TimeSpan SessionLength { get; init; } = TimeSpan.FromHours(10);

    /// <summary>A session ends after this time, whatever happens in it.</summary>
    public TimeSpan LongestSession { get; init; } = TimeSpan.FromHours(12);

    /// <summary>
    /// Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed: addresses or networks (10.1.0.0/16). None: nobody's are.
    /// </summary>
    public IReadOnlyList<System.Net.IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>What /health says behind "ok", so that whoever started this server knows it again; may be empty.</summary>
    public string Instance { get; init; } = "";

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
