using Postlotse.Letters;

namespace Postlotse;

/// <summary>How the journey runner works; the defaults suit a single machine.</summary>
public sealed record JourneySettings
{
    /// <summary>Folder for the attempts' scratch folders; made when missing. Not shared between nodes.</summary>
    public required string ScratchFolder { get; init; }

    /// <summary>Letters worked on at the same time, at least 1.</summary>
    public int Workers { get; init; } = 2;

    /// <summary>How long a letter stays with a worker that gives no sign of life; signs come three times as often.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest attempt at recognition; its engine has a limit of its own, below this one.</summary>
    public TimeSpan LongestRecognition { get; init; } = TimeSpan.FromMinutes(35);

    /// <summary>Longest attempt at any other stage; they take milliseconds.</summary>
    public TimeSpan LongestStage { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Attempts at a stage, the first one included, before a person is asked.</summary>
    public int MaxAttempts { get; init; } = 4;

    /// <summary>Waits after the first, second … failed attempt; the last one also for all further ones.</summary>
    public IReadOnlyList<TimeSpan> Delays { get; init; } = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60)];

    /// <summary>How often the queue is asked when nobody calls.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Time that stages get to finish when the runner is stopped.</summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest attempt at a stage.</summary>
    public TimeSpan LimitOf(StageName stage) => stage == StageName.Recognition ? LongestRecognition : LongestStage;
}

/// <summary>Something the operator may want to know; without any text of a letter.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="LetterId">Letter; null when it concerns none.</param>
/// <param name="Stage">Stage; null when it concerns none.</param>
/// <param name="Attempt">1 for the first; 0 when it concerns none.</param>
/// <param name="Cause">Technical cause; empty when all is well.</param>
/// <param name="Milliseconds">Time the stage took; 0 when it did not run.</param>
public sealed record JourneyNotice(
    JourneyNoticeKind Kind, string? LetterId, StageName? Stage, int Attempt, string Cause = "", double Milliseconds = 0);

/// <summary>Kinds of notices.</summary>
public enum JourneyNoticeKind
{
    /// <summary>A stage is done and stored.</summary>
    StageDone,

    /// <summary>An attempt failed; there will be another.</summary>
    AttemptFailed,

    /// <summary>A person has to act.</summary>
    SentToClearing,

    /// <summary>Another worker has taken the letter over; nothing was stored.</summary>
    LeaseLost,

    /// <summary>The runner is being stopped and gave the letter back.</summary>
    Released,

    /// <summary>The database or the disk does not answer; tried again later.</summary>
    StoreFailed,
}
