namespace Postlotse.Letters;

/// <summary>
/// That a language model (Sprachmodell) was asked about a letter, and what came of it: kept with the evidence, never shown as a reason.
/// None of the model's words are kept.
/// </summary>
/// <param name="Model">Name of the model as the settings state it.</param>
/// <param name="Answer">What came back.</param>
public sealed record LanguageModelVote(string Model, LanguageModelAnswer Answer)
{
    /// <summary>Office it chose; null without a vote.</summary>
    public string? Unit { get; init; }

    /// <summary>Probability of that office without the vote, 0–1.</summary>
    public double Prior { get; init; }

    /// <summary>Logarithm of the factor by which the vote moved the odds of that office; 0: it has not earned any.</summary>
    public double Weight { get; init; }
}

/// <summary>How asking a language model ended; all but the first leave the decision as it was.</summary>
public enum LanguageModelAnswer
{
    /// <summary>It chose one of the offices it was given.</summary>
    Vote,

    /// <summary>It chose none of them.</summary>
    NoneOfThem,

    /// <summary>It said something else, too much, or no JSON.</summary>
    Unusable,

    /// <summary>Its time was over.</summary>
    Slow,

    /// <summary>It answered with an error or a redirection.</summary>
    Refused,

    /// <summary>No connection, or one that broke off.</summary>
    Unreachable,

    /// <summary>It was not asked because it failed several times in a row just before.</summary>
    Paused,
}
