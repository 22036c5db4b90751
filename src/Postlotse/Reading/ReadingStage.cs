using System.Text.Json;
using Postlotse.Letters;
using LetterReading = Postlotse.Letters.Reading;

namespace Postlotse.Reading;

/// <summary>Stage that reads a letter's fields from its recognised pages. A letter that can hardly be read goes to a person.</summary>
public sealed class ReadingStage : IStage
{
    /// <summary>Mean confidence (0–1, weighted by the words' length) below which a person reads the letter.</summary>
    public const double LeastConfidence = 0.5;

    /// <summary>Letters and digits below which a letter has practically no text.</summary>
    public const int LeastLetters = 20;

    public StageName Name => StageName.Reading;

    /// <summary>Reads the letter; done already when it has a reading.</summary>
    /// <exception cref="InvalidOperationException">The letter was not recognised yet, or its pages file is no JSON of pages.</exception>
    /// <exception cref="FileNotFoundException">The store lost the pages file.</exception>
    public async Task<StageResult> RunAsync(Letter letter, StageContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentNullException.ThrowIfNull(context);
        if (letter.Reading is not null) return new StageResult.Done(letter);
        if (letter.Recognition is not { } recognition) throw new InvalidOperationException($"letter {letter.Id} has not been recognised");
        var pages = await LoadAsync(context.Files.PathOf(recognition.PagesFile.Sha256), cancellationToken);
        return Decide(letter with { Reading = LetterReader.Read(letter.Id, pages) }, pages);
    }

    /// <summary>Whether the letter goes on or a person has to read it.</summary>
    public static StageResult Decide(Letter letter, IReadOnlyList<RecognisedPage> pages)
    {
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentNullException.ThrowIfNull(pages);
        var words = pages.SelectMany(p => p.Lines).SelectMany(l => l.Words).ToList();
        var letters = words.Sum(w => w.Text.Count(char.IsLetterOrDigit));
        var length = words.Sum(w => w.Text.Length);
        var confidence = length == 0 ? 0 : words.Sum(w => w.Confidence * w.Text.Length) / length;
        if (letters >= LeastLetters && confidence >= LeastConfidence) return new StageResult.Done(letter);
        var finding = new Finding(FindingKind.Unreadable);
        return new StageResult.NeedsHuman(letter.With(finding), finding);
    }

    private static async Task<IReadOnlyList<RecognisedPage>> LoadAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(path);
        try
        {
            var pages = await JsonSerializer.DeserializeAsync<List<RecognisedPage>>(stream, PostlotseJson.Compact, cancellationToken);
            return pages ?? throw new InvalidOperationException("the pages file holds no pages");
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException("the pages file is damaged: " + e.Path, e);
        }
    }
}
