using System.Text.Json;
using Postlotse.Delivery;
using Postlotse.Letters;

namespace Postlotse.Storage;

/// <summary>An account's row.</summary>
internal sealed class AccountRecord
{
    public const string Columns = "id, name, display_name, roles, units, must_change_password, disabled, password_hash, session_stamp";

    /// <summary>Without the columns that came later: also used while the schema is brought up to date.</summary>
    public const string AllSql = "SELECT id, name, display_name, roles, units, must_change_password, disabled FROM account ORDER BY name";

    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public string DisplayName { get; init; } = "";

    public string Roles { get; init; } = "[]";

    public string Units { get; init; } = "[]";

    public long MustChangePassword { get; init; }

    public long Disabled { get; init; }

    public string PasswordHash { get; init; } = "";

    public string SessionStamp { get; init; } = "";

    public Account Account => new(
        Id, Name, DisplayName, Read<Role>(Roles), Read<string>(Units), MustChangePassword != 0, Disabled != 0);

    public static string Write<T>(IReadOnlyList<T> values) => JsonSerializer.Serialize(values, PostlotseJson.Compact);

    private static List<T> Read<T>(string json) => JsonSerializer.Deserialize<List<T>>(json, PostlotseJson.Compact) ?? [];
}
