using Postlotse.App.Settings;

namespace Postlotse.App.Serving;

/// <summary>What the watched folder's loop needs to know; paths are absolute.</summary>
/// <param name="Folder">Watched folder.</param>
/// <param name="Afterwards">What happens with a taken file.</param>
/// <param name="Archive">Where taken files go.</param>
/// <param name="Quiet">A file is complete after this time without a change.</param>
/// <param name="Interval">Time between two looks.</param>
/// <param name="Marks">Own folder for what is being taken, see <see cref="TakingMarks"/>.</param>
/// <param name="NeedsManifest">Each file has to come with its scanner's manifest.</param>
/// <param name="ManifestWait">How long a file waits for its manifest, and a manifest for its file.</param>
internal sealed record WatchedFolderOptions(
    string Folder, Afterwards Afterwards, string Archive, TimeSpan Quiet, TimeSpan Interval, string Marks,
    bool NeedsManifest, TimeSpan ManifestWait);
