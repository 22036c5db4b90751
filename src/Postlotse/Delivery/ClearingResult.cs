using Postlotse.Letters;

namespace Postlotse.Delivery;

/// <summary>What became of a person's action: either a change or the reason why there is none.</summary>
/// <param name="Change">To be stored; null when refused.</param>
/// <param name="Refusal">Why nothing is changed; null when there is a change.</param>
public sealed record ClearingResult(LetterChange? Change, Refusal? Refusal)
{
    /// <summary>So that an action can be handed to <c>IJourneyStore.ChangeAsync</c> as it is.</summary>
    public static implicit operator LetterChange?(ClearingResult? result) => result?.ToLetterChange();

    /// <summary>The change; null when refused.</summary>
    public LetterChange? ToLetterChange() => Change;
}

/// <summary>Why a person's action changes nothing; closed.</summary>
public enum Refusal
{
    /// <summary>The letter is somewhere else by now: somebody was faster, or the page was old.</summary>
    NotHereAnymore,

    /// <summary>The person may not do that.</summary>
    NotAllowed,

    /// <summary>No letters can be delivered to that unit.</summary>
    NoSuchOffice,

    /// <summary>The pages and beginnings given are no division of the batch.</summary>
    DivisionUnfit,

    /// <summary>A letter whose pages would become another's lies in a Postkorb: it has to come back first.</summary>
    PartDelivered,

    /// <summary>Letters have still to be kept for some time.</summary>
    StillKept,

    /// <summary>Who asked for a deletion does not agree to it himself.</summary>
    SamePerson,

    /// <summary>Letters taken out of the batch are still there.</summary>
    PartsRemain,
}

/// <summary>Why a letter is taken out of the flow; stored by name in the evidence.</summary>
public enum SetAsideReason
{
    /// <summary>Advertising and the like (weglegen).</summary>
    NotForFiling,

    /// <summary>Not meant for the city: given back to its sender.</summary>
    ReturnedToSender,

    /// <summary>The same letter is there already.</summary>
    Duplicate,

    /// <summary>Opened by mistake: closed again and sent on as paper.</summary>
    OpenedByMistake,

    /// <summary>Meant for another authority: sent on to it as paper.</summary>
    Forwarded,

    /// <summary>Its batch was divided anew: its pages belong to other letters now. Never chosen by hand.</summary>
    DividedAnew,
}
