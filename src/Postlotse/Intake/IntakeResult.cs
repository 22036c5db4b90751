using Postlotse.Letters;

namespace Postlotse.Intake;

/// <summary>How taking a file in ended; closed.</summary>
public abstract record IntakeResult
{
    private IntakeResult()
    {
    }

    /// <summary>Stored and booked.</summary>
    /// <param name="Receipt">Names the letter.</param>
    /// <param name="Repeated">The client key was known: nothing new was booked.</param>
    public sealed record Taken(Receipt Receipt, bool Repeated) : IntakeResult;

    /// <summary>Not taken; whoever delivers stands in front of it and is told why. Never happens with the watched folder.</summary>
    public sealed record Refused(Finding Finding) : IntakeResult;
}

/// <summary>A file that is safely stored but not booked yet.</summary>
/// <param name="File">Address and size.</param>
/// <param name="Format">What its bytes say.</param>
public sealed record StoredOriginal(StoredFile File, FileFormat Format);
