using Postlotse.Letters;

namespace Postlotse.Intake;

/// <summary>
/// Which manifest belongs to which file, by names alone: NAME.pdf.manifest.json or NAME.manifest.json to NAME.pdf (or with .txt instead
/// of .json). The shorter name belongs to nobody while several files could claim it. Pure.
/// </summary>
public static class ManifestNames
{
    /// <summary>Manifests by the file they belong to.</summary>
    /// <param name="names">All files there are, in one or several folders; separated by "/".</param>
    public static IReadOnlyDictionary<string, string> Pair(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var all = names.Order(StringComparer.Ordinal).ToList();
        var files = all.Where(n => !ScanManifest.IsName(n)).ToList();
        var byStem = files.ToLookup(Stem, StringComparer.Ordinal);
        var known = files.ToHashSet(StringComparer.Ordinal);
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        // The longer name says more: it goes first.
        var owned = all.Where(ScanManifest.IsName).Select(n => (Manifest: n, Owner: ScanManifest.OwnerOf(n)!)).ToList();
        foreach (var (manifest, owner) in owned.Where(m => known.Contains(m.Owner))) pairs.TryAdd(owner, manifest);
        foreach (var (manifest, owner) in owned.Where(m => !known.Contains(m.Owner)))
            if (byStem[owner].ToList() is [{ } only]) pairs.TryAdd(only, manifest);
        return pairs;
    }

    private static string Stem(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot > name.LastIndexOf('/') + 1 ? name[..dot] : name;
    }
}
