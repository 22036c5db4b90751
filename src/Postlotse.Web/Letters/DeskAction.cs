using Postlotse.Delivery;
using Postlotse.Letters;

namespace Postlotse.Web.Letters;

/// <summary>Carries out a person's action on the letter as it is at that moment.</summary>
internal static class DeskAction
{
    /// <returns>Why nothing was changed; null when it was.</returns>
    public static async Task<Refusal?> RunAsync(
        IJourneyStore store, string letterId, Func<Letter, ClearingResult> action, CancellationToken cancellationToken)
    {
        Refusal? refusal = Refusal.NotHereAnymore;
        await store.ChangeAsync(letterId, letter =>
        {
            var result = action(letter);
            refusal = result.Refusal;
            return result.Change;
        }, cancellationToken);
        return refusal;
    }
}
