using System.Globalization;
using Postlotse.App.Cli;
using Postlotse.App.Processing;
using Postlotse.Letters;
using Postlotse.Responsibility.Learning;

namespace Postlotse.App.Routing;

/// <summary><c>learn</c>: learns a city's history into a model that is created or extended.</summary>
internal sealed class LearnRun(string organisationPath, string modelPath, Progress progress)
{
    /// <summary>Learns all letters of a file.</summary>
    /// <exception cref="CallFailedException">Organisation, input or model cannot be used, or there is no letter to learn.</exception>
    public ExitCode Run(string input, CancellationToken cancellationToken)
    {
        var cold = Composition.CreateDecider(Organisations.Read(organisationPath), threshold: null);
        var learning = File.Exists(modelPath) ? ModelFile.Read(modelPath, cold) : new CityLearning(cold);
        var source = new LettersFile(input, progress);
        var result = learning.Import(Usable(source, learning, cancellationToken), cancellationToken);
        progress.End();
        if (source.Read == 0) throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.NoLetters, input));
        ModelFile.Write(modelPath, learning.Write);
        Say(result, learning);
        return source.Skipped == 0 ? ExitCode.Done : ExitCode.SomeFailed;
    }

    private IEnumerable<(LetterContent Letter, string Unit)> Usable(
        LettersFile source, CityLearning learning, CancellationToken cancellationToken)
    {
        foreach (var (line, letter) in source.Letters())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (letter.Unit is null) source.Skip(line, Texts.Of(TextKey.LineNoUnitToLearn));
            else if (!learning.Knows(letter.Unit)) source.Skip(line, Texts.Of(TextKey.LineUnknownUnit, letter.Unit));
            else yield return (letter.Content, letter.Unit);
            progress.Report(source.Read, 0, Texts.Of(TextKey.UnitLetters));
        }

        progress.Say(Texts.Of(TextKey.LearnTraining));
    }

    private void Say(TrainingResult result, CityLearning learning)
    {
        var version = result.Version;
        progress.Say(Texts.Of(
            TextKey.LearnDone, result.Letters, modelPath, version.Number, Percent(version.Right), Percent(version.ColdRight)));
        if (!result.Comparison.Passed)
            progress.Say(Texts.Of(TextKey.LearnNotLive, version.Number, result.Comparison.Worse, result.Comparison.Better));
        var promise = learning.PromiseOf();
        progress.Say(promise.Chosen is { } chosen
            ? Texts.Of(TextKey.LearnPromise, Percent(promise.Rate), Percent(chosen.Coverage), Percent(promise.Confidence))
            : Texts.Of(TextKey.LearnNoPromise, Percent(promise.Rate), promise.Needed));
    }

    private static string Percent(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
