namespace Postlotse.Storage;

/// <summary>Times as the database keeps them: milliseconds since 1970, UTC.</summary>
internal static class UnixTime
{
    public static DateTimeOffset Of(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    public static DateTimeOffset? Of(long? milliseconds) => milliseconds is { } value ? Of(value) : null;

    /// <summary>The time as it will be read back: UTC, whole milliseconds.</summary>
    public static DateTimeOffset Cut(DateTimeOffset time) => Of(time.ToUnixTimeMilliseconds());
}
