using Postlotse.Storage;

namespace Postlotse.Web.Letters;

/// <summary>Who is behind the pseudonyms of events; only for people who may know.</summary>
internal static class ActorNames
{
    /// <summary>Display names by account id.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> OfAsync(
        AccountStore accounts, IEnumerable<string> actors, CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var actor in actors.Distinct(StringComparer.Ordinal))
            if (await accounts.FindAsync(actor, cancellationToken) is { } account) names[actor] = account.DisplayName;
        return names;
    }
}
