using Microsoft.AspNetCore.Http;
using Postlotse.Delivery;
using Postlotse.Evidence;
using Postlotse.Storage;
using Postlotse.Web.Letters;
using Postlotse.Web.Shared;
using Postlotse.Web.SignIn;

namespace Postlotse.Web.Evidence;

/// <summary>
/// Evidence of what was learned: which version decided from when on, who changed that, and whether the chain holds. Organisers see each
/// other's names, as with the versions of the plan; auditors see pseudonyms.
/// </summary>
internal static class ModelEvidence
{
    private const int EventsAPage = 100;

    public static async Task<IResult> ShowAsync(HttpContext http, Frames frames, ModelEvents evidence, AccountStore accounts, int? before)
    {
        var (all, fault) = await evidence.CheckAsync(http.RequestAborted);
        var shown = all.Reverse().Where(e => before is null || e.Sequence < before).Take(EventsAPage).ToList();
        var actors = Access.IsAtWork(CurrentAccount.Of(http)!, Role.Organiser) ? shown.Select(e => e.Actor) : [];
        var names = await ActorNames.OfAsync(accounts, actors, http.RequestAborted);
        return frames.Page<ModelEvidencePage>(http, new ModelEvidenceModel(
            shown, all.Count, fault?.Text, names, shown.Count == EventsAPage ? shown[^1].Sequence : null));
    }
}

/// <param name="Events">Newest first.</param>
/// <param name="Total">Events there are.</param>
/// <param name="Fault">What does not hold, in words; null when all holds.</param>
/// <param name="Names">Display names by account id, as far as the reader may know them.</param>
/// <param name="Before">Where the next page begins; null at the end.</param>
public sealed record ModelEvidenceModel(
    IReadOnlyList<ModelEvent> Events, int Total, string? Fault, IReadOnlyDictionary<string, string> Names, int? Before);
