using System.Globalization;
using System.Text;
using System.Text.Json;
using Postlotse.Delivery;
using Postlotse.Letters;

namespace Postlotse.Journeys;

/// <summary>
/// Letters whose way can be computed beforehand, and small stages that send them there. What a letter is to go through follows
/// from its number alone.
/// </summary>
internal static class Town
{
    public static byte[] Bytes(int number) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"letter {number}"));

    public static string Key(int number) => string.Create(CultureInfo.InvariantCulture, $"key {number}");

    /// <summary>Damaged paper goes to a person at once.</summary>
    public static bool IsDamaged(int number) => number % 5 == 2;

    /// <summary>The engine fails at the first attempt.</summary>
    public static bool FailsFirst(int number) => number % 4 == 0;

    /// <summary>Nobody is sure about it.</summary>
    public static bool IsUnsure(int number) => number % 6 == 1;

    /// <summary>Two letters in one file.</summary>
    public static bool IsBatch(int number) => number % 7 == 3 && !IsDamaged(number);

    /// <summary>Letters that so many deliveries become, the batches themselves included.</summary>
    public static int Letters(int deliveries) => deliveries + 2 * Enumerable.Range(0, deliveries).Count(IsBatch);

    /// <summary>Where it ends; null: with a person.</summary>
    public static string? Unit(int number) =>
        IsDamaged(number) || IsUnsure(number) ? null : "U" + (number % 3).ToString(CultureInfo.InvariantCulture);

    public static Journey Journey() => new([new Scanner(), new Separator(), new Reader(), new Decider(), new DeliveryStage()]);

    public static IEnumerable<string> Analyse(string text) => text.Split(' ');

    public static int NumberOf(Letter letter) =>
        int.Parse(Path.GetFileNameWithoutExtension(letter.Source.File), NumberStyles.None, CultureInfo.InvariantCulture);

    private sealed class Scanner : IStage
    {
        public StageName Name => StageName.Recognition;

        public async Task<StageResult> RunAsync(Letter letter, StageContext context, CancellationToken cancellationToken)
        {
            var number = NumberOf(letter);
            if (letter.Recognition is not null) return new StageResult.Done(letter);
            if (IsDamaged(number)) return new StageResult.NeedsHuman(letter, new Finding(FindingKind.Damaged));
            if (FailsFirst(number) && context.Attempt == 1) return new StageResult.RetryLater("engine crashed");
            var text = await File.ReadAllTextAsync(context.Files.PathOf(letter.Source.Sha256), cancellationToken);
            var path = Path.Combine(context.ScratchFolder, "out.pdf");
            await File.WriteAllTextAsync(path, "%PDF of " + text, cancellationToken);
            var pdf = await context.Files.PutFileAsync(path, cancellationToken);
            using var json = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(new[] { text }));
            var pages = await context.Files.PutAsync(json, cancellationToken);
            List<PageSummary> summaries = [new(1, 0, 0, false, 1)];
            if (IsBatch(number)) summaries.Add(new(2, 0, 0, false, 1));
            return new StageResult.Done(letter with { Recognition = new(summaries, pages, pdf, "de", 1, 1) });
        }
    }

    private sealed class Separator : IStage
    {
        public StageName Name => StageName.Separation;

        public Task<StageResult> RunAsync(Letter letter, StageContext context, CancellationToken cancellationToken)
        {
            var divides = IsBatch(NumberOf(letter)) && letter.PartOf is null;
            return Task.FromResult<StageResult>(new StageResult.Done(!divides ? letter : letter with
            {
                Division = new(1, [new(1, true, PageRole.Letter, 1), new(2, true, PageRole.Letter, 1)]),
            }));
        }
    }

    private sealed class Reader : IStage
    {
        public StageName Name => StageName.Reading;

        public async Task<StageResult> RunAsync(Letter letter, StageContext context, CancellationToken cancellationToken)
        {
            if (letter.PartOf is { Whole: { } whole } part)
            {
                letter = letter with { Recognition = whole with { Pages = [whole.Pages[0]] }, PartOf = part with { Whole = null } };
            }

            var pages = context.Files.PathOf(letter.Recognition!.PagesFile.Sha256);
            var text = JsonSerializer.Deserialize<string[]>(await File.ReadAllTextAsync(pages, cancellationToken))![0];
            return new StageResult.Done(letter with { Reading = new(new() { Id = letter.Id, Subject = text }, [], [], [], null) });
        }
    }

    private sealed class Decider : IStage
    {
        public StageName Name => StageName.Responsibility;

        public Task<StageResult> RunAsync(Letter letter, StageContext context, CancellationToken cancellationToken)
        {
            var number = NumberOf(letter);
            var unit = Unit(number) ?? "U0";
            var decision = new Decision
            {
                Id = letter.Id, Outcome = IsUnsure(number) ? Outcome.Review : Outcome.Auto, Unit = unit, Probability = 0.9,
                Ranking = [new(unit, 0.9)],
            };
            return Task.FromResult<StageResult>(new StageResult.Done(letter with { Decision = decision }));
        }
    }
}
