namespace Postlotse.Storage;

/// <summary>What a check of the evidence gave.</summary>
/// <param name="Letters">Letters checked, the faulty one included.</param>
/// <param name="Events">Events whose hashes were computed again.</param>
/// <param name="Receipts">Receipts compared with the evidence.</param>
/// <param name="Files">Files whose bytes were hashed again.</param>
/// <param name="AccountEvents">Events of accounts whose hashes were computed again.</param>
/// <param name="Fault">The first thing that does not hold; null when all holds.</param>
public sealed record EvidenceReport(int Letters, int Events, int Receipts, int Files, int AccountEvents, EvidenceFault? Fault)
{
    /// <summary>How many of the letters were deleted: of them only the evidence was there to check.</summary>
    public int Deleted { get; init; }
}

/// <summary>Something that does not hold.</summary>
/// <param name="Kind">What.</param>
/// <param name="LetterId">Letter it concerns; null when none.</param>
/// <param name="Text">For people, in the language of the current interface culture.</param>
public sealed record EvidenceFault(EvidenceFaultKind Kind, string? LetterId, string Text);

/// <summary>What can fail to hold.</summary>
public enum EvidenceFaultKind
{
    /// <summary>A letter's stored state cannot be read.</summary>
    StateUnreadable,

    /// <summary>A letter's row, event or receipt holds a value that no program wrote.</summary>
    RowUnreadable,

    /// <summary>A letter's stored state is another than its evidence names.</summary>
    StateContradicted,

    /// <summary>What lists show of a letter differs from its state.</summary>
    ColumnsDiffer,

    /// <summary>An event is missing in between.</summary>
    EventMissing,

    /// <summary>An event does not follow from the one before.</summary>
    EventOutOfOrder,

    /// <summary>An event was changed after it was written.</summary>
    EventChanged,

    /// <summary>The last events of a letter are missing.</summary>
    EventsCutOff,

    /// <summary>The letter is elsewhere than its evidence says.</summary>
    PlaceContradicted,

    /// <summary>A receipt and the evidence differ.</summary>
    ReceiptContradicted,

    /// <summary>Source, pages or PDF are others than the evidence names.</summary>
    FileContradicted,

    /// <summary>A file is not in the store.</summary>
    FileMissing,

    /// <summary>A file's bytes are not those of its name.</summary>
    FileChanged,

    /// <summary>A letter is underway without being in the queue, or in the queue without being underway.</summary>
    QueueContradicted,

    /// <summary>Events or receipts of a letter that is not there.</summary>
    LetterMissing,

    /// <summary>A batch and the letters taken out of it do not name each other, or differ in file or receipt.</summary>
    BatchContradicted,

    /// <summary>An event of an account is missing in between.</summary>
    AccountEventMissing,

    /// <summary>An event of an account does not follow from the one before.</summary>
    AccountEventOutOfOrder,

    /// <summary>An event of an account was changed after it was written.</summary>
    AccountEventChanged,

    /// <summary>The last events of accounts are missing.</summary>
    AccountEventsCutOff,

    /// <summary>An account's roles, offices, lock or tokens are others than its events say.</summary>
    AccountContradicted,

    /// <summary>An event of what was learned was changed after it was written.</summary>
    ModelEventChanged,

    /// <summary>An event of what was learned is missing, or does not follow from the one before.</summary>
    ModelEventOutOfOrder,

    /// <summary>The last events of what was learned are missing.</summary>
    ModelEventsCutOff,

    /// <summary>A version of the city's plan does not follow from the one before, or one is missing.</summary>
    PlanOutOfOrder,

    /// <summary>A version of the city's plan was changed after it was put in force.</summary>
    PlanChanged,

    /// <summary>The last versions of the city's plan are missing.</summary>
    PlanCutOff,
}
