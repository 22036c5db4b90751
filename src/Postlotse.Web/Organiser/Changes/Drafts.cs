using System.Collections.Concurrent;
using Postlotse.Letters;
using Postlotse.Responsibility.City;
using Postlotse.Storage;

namespace Postlotse.Web.Organiser;

/// <summary>What a change makes of a state: the whole plan and the organisation that are to hold.</summary>
public delegate (CityPlan Plan, Organisation Organisation) PlanChange(CityState state);

/// <summary>A change that an organiser has prepared and not yet put in force, with its dry run.</summary>
/// <param name="Id">Unique; a confirmation names the change that was shown.</param>
/// <param name="Change">Applied again when somebody else changed the plan meanwhile.</param>
/// <param name="Before">In force when it was prepared.</param>
/// <param name="After">With the change.</param>
/// <param name="Difference">Between the two.</param>
/// <param name="Trial">Its dry run.</param>
/// <param name="Letters">Letters of the dry run, at most.</param>
/// <param name="Result">Ends with the dry run.</param>
/// <param name="Back">Where the change was prepared.</param>
public sealed record PlanDraft(
    string Id, PlanChange Change, CityState Before, CityState After, PlanDifference Difference, PlanTrial Trial, int Letters,
    Task<TrialResult> Result, string Back);

/// <summary>
/// Changes that are prepared: one for each organiser, in memory of this process. Their dry runs go one after the other in the background,
/// so that letters and pages keep their pace.
/// </summary>
internal sealed class Drafts(CityInForce city, PastLetters past, TimeProvider clock, WebSettings settings) : IDisposable
{
    /// <summary>Most letters a dry run looks at.</summary>
    public const int MostLetters = 2000;

    private readonly ConcurrentDictionary<string, (PlanDraft Draft, CancellationTokenSource End)> _drafts = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Today in the city.</summary>
    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), settings.TimeZone).DateTime);

    /// <summary>The change that an account has prepared; null for none.</summary>
    public PlanDraft? Of(string accountId) => _drafts.TryGetValue(accountId, out var found) ? found.Draft : null;

    /// <summary>Prepares a change of what is in force, in place of an earlier one of the same account, and starts its dry run.</summary>
    public async Task<PlanDraft> BeginAsync(string accountId, PlanChange change, string back, CancellationToken cancellationToken)
    {
        var before = city.Current;
        var (plan, organisation) = change(before);
        var after = before.At(before.Version + 1, organisation, plan);
        var difference = PlanDifference.Of(before.Plan, before.Organisation, plan, organisation);
        var trial = new PlanTrial(before, after, difference, Today);
        var count = await past.CountAsync(MostLetters, cancellationToken);
        Drop(accountId);
        var end = new CancellationTokenSource();
        var result = Task.Run(() => TryAsync(trial, before, end.Token), CancellationToken.None);
        var draft = new PlanDraft(LetterIds.New(clock), change, before, after, difference, trial, count, result, back);
        _drafts[accountId] = (draft, end);
        return draft;
    }

    /// <summary>Gives the account's change up.</summary>
    public void Drop(string accountId)
    {
        if (!_drafts.TryRemove(accountId, out var old)) return;
        old.End.Cancel();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var account in _drafts.Keys) Drop(account);
    }

    private async Task<TrialResult> TryAsync(PlanTrial trial, CityState before, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await trial.RunAsync(past.NewestAsync(MostLetters, before.Organisation, cancellationToken), cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }
}
