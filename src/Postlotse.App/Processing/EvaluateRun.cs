using System.Globalization;
using System.Text.Json;
using Postlotse.App.Cli;
using Postlotse.Letters;
using Postlotse.Responsibility;

namespace Postlotse.App.Processing;

/// <summary><c>evaluate</c>: decides letters whose office is known and tells the figures.</summary>
internal sealed class EvaluateRun(string organisationPath, Progress progress)
{
    /// <summary>Measures over a letters file.</summary>
    /// <exception cref="CallFailedException">Organisation or input cannot be used.</exception>
    public async Task<ExitCode> RunAsync(string input, bool json, CancellationToken cancellationToken)
    {
        var decider = Composition.CreateDecider(Organisations.Read(organisationPath), threshold: null);
        var reader = new LettersFile(input, progress);
        var decided = new List<EvaluatedLetter>();
        foreach (var (line, letter) in reader.Letters())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (letter.Unit is null) reader.Skip(line, Texts.Of(TextKey.LineNoUnit));
            else decided.Add(new(letter, decider.Decide(letter.Content)));
            progress.Report(decided.Count, 0, Texts.Of(TextKey.UnitLetters));
        }

        progress.End();
        if (decided.Count == 0) throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.NoLetters, input));
        var figures = JsonSerializer.SerializeToElement(Evaluation.Measure(decided), PostlotseJson.Compact);
        await Console.Out.WriteLineAsync(json ? figures.GetRawText() : Table(figures));
        return reader.Skipped == 0 ? ExitCode.Done : ExitCode.SomeFailed;
    }

    /// <summary>The figures by their names of the contract, one a line.</summary>
    private static string Table(JsonElement figures) => string.Join(
        '\n', figures.EnumerateObject().Select(f => f.Name.PadRight(20) + Number(f.Value)));

    private static string Number(JsonElement value) => value.ValueKind != JsonValueKind.Number ? "-".PadLeft(10)
        : value.TryGetInt64(out var whole) ? whole.ToString(CultureInfo.InvariantCulture).PadLeft(10)
        : value.GetDouble().ToString("0.0000", CultureInfo.InvariantCulture).PadLeft(10);
}
