using System.Globalization;
using System.Text.Json;
using Postlotse.App.Cli;
using Postlotse.Letters;
using Postlotse.Responsibility;

namespace Postlotse.App.Routing;

/// <summary><c>evaluate</c>: decides letters whose office is known and tells the figures.</summary>
internal sealed class EvaluateRun(LetterDecisions letters, Progress progress)
{
    /// <summary>Measures over a letters file.</summary>
    /// <exception cref="CallFailedException">Organisation, model or input cannot be used.</exception>
    public async Task<ExitCode> RunAsync(bool json, CancellationToken cancellationToken)
    {
        var measured = new List<EvaluatedLetter>();
        foreach (var (line, decided) in letters.InOrder(cancellationToken))
        {
            if (decided.Letter.Unit is null) letters.Source.Skip(line, Texts.Of(TextKey.LineNoUnit));
            else measured.Add(decided);
        }

        progress.End();
        if (measured.Count == 0) throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.NoLetters, letters.Source.Path));
        var figures = JsonSerializer.SerializeToElement(Evaluation.Measure(measured), PostlotseJson.Compact);
        await Console.Out.WriteLineAsync(json ? figures.GetRawText() : Table(figures));
        return letters.Source.Skipped == 0 ? ExitCode.Done : ExitCode.SomeFailed;
    }

    /// <summary>The figures by their names of the contract, one a line.</summary>
    private static string Table(JsonElement figures) => string.Join(
        '\n', figures.EnumerateObject().Select(f => f.Name.PadRight(20) + Number(f.Value)));

    private static string Number(JsonElement value) => value.ValueKind != JsonValueKind.Number ? "-".PadLeft(10)
        : value.TryGetInt64(out var whole) ? whole.ToString(CultureInfo.InvariantCulture).PadLeft(10)
        : value.GetDouble().ToString("0.0000", CultureInfo.InvariantCulture).PadLeft(10);
}
