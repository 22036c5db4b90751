using Postlotse.App.Cli;
using Postlotse.App.Processing;
using Postlotse.Letters;
using Postlotse.Responsibility;

namespace Postlotse.App.Routing;

/// <summary>What <c>route</c> and <c>evaluate</c> share: decides the letters of a file one by one.</summary>
/// <param name="organisation">ORG.json.</param>
/// <param name="model">MODEL; null to decide by knowledge alone.</param>
/// <param name="input">LETTERS.jsonl.</param>
/// <param name="progress">Where to say how far it is.</param>
internal sealed class LetterDecisions(string organisation, string? model, string input, Progress progress)
{
    public LettersFile Source { get; } = new(input, progress);

    /// <summary>The letters in order, each decided as it is asked for.</summary>
    /// <exception cref="CallFailedException">Organisation, model or input cannot be used.</exception>
    public IEnumerable<(int Line, EvaluatedLetter Decided)> InOrder(CancellationToken cancellationToken)
    {
        var decider = Composition.WarmedUp(Composition.CreateDecider(Organisations.Read(organisation), threshold: null, model));
        foreach (var (line, letter) in Source.Letters())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return (line, new(letter, decider.Decide(letter.Content)));
            progress.Report(Source.Read, 0, Texts.Of(TextKey.UnitLetters));
        }
    }
}
