using Postlotse.Letters;

namespace Postlotse.Responsibility.LanguageModels;

/// <summary>A language model that the operator runs; it answers within a time of its own.</summary>
public interface ILanguageModel
{
    /// <summary>Its name, by which its votes are told from those of another.</summary>
    string Name { get; }

    /// <summary>Asks once. Whatever goes wrong is a reply.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up; never for want of time.</exception>
    Task<ModelReply> AskAsync(ModelQuestion question, CancellationToken cancellationToken);
}

/// <summary>What came back.</summary>
/// <param name="Text">The model's words; empty after a failure.</param>
/// <param name="Failure">Why there are none; null when there are.</param>
public sealed record ModelReply(string Text, LanguageModelAnswer? Failure = null);
