namespace Postlotse.Responsibility.Learning;

/// <summary>All letters in the order of arrival, the versions, and the model in use. Never changes; each method gives a new one.</summary>
internal sealed record LearningState
{
    public required IReadOnlyList<LearnedLetter> Letters { get; init; }

    /// <summary>Number of the next letter.</summary>
    public int Next { get; init; } = 1;

    public required IReadOnlyList<ModelVersion> Versions { get; init; }

    public required LearnedModel Live { get; init; }

    /// <summary>Key of the hashes of references, senders and persons addressed.</summary>
    public required byte[] Key { get; init; }

    /// <summary>A letter was forgotten since the last training.</summary>
    public bool Forgot { get; init; }

    /// <summary>Nothing learned; each time with a key of its own.</summary>
    public static LearningState Empty => new()
    {
        Letters = [], Versions = [new(0, 0, 0, 0, 0, Passed: true, Live: true)], Live = LearnedModel.Empty, Key = LetterTraces.NewKey(),
    };

    /// <summary>Letters that the version in use knows, also those of which there were too many for its weights.</summary>
    public IEnumerable<LearnedLetter> InUse
    {
        get
        {
            var (through, recent) = (Versions.First(v => v.Live).Through, Live.Recent.Select(r => r.Letter.Sequence).ToHashSet());
            return Letters.Where(l => l.Sequence <= through || recent.Contains(l.Sequence));
        }
    }

    /// <summary>Learns a letter at once.</summary>
    public LearningState With(LearnedLetter letter)
    {
        var state = Letters.Any(l => l.Key == letter.Key) ? Without(letter.Key) : this;
        var numbered = letter with { Sequence = state.Next };
        return state with { Letters = [.. state.Letters, numbered], Next = state.Next + 1, Live = state.Live.With(numbered) };
    }

    /// <summary>Takes letters that count with the next training.</summary>
    public LearningState WithWaiting(IReadOnlyList<LearnedLetter> letters)
    {
        // The last decision about a letter holds.
        var last = letters.GroupBy(l => l.Key).Select(g => g.Last()).ToList();
        var keys = last.Select(l => l.Key).ToHashSet();
        var again = Letters.Where(l => keys.Contains(l.Key)).Select(l => l.Key).ToList();
        var state = again.Aggregate(this, (s, key) => s.Without(key));
        var numbered = last.Select((l, i) => l with { Sequence = state.Next + i });
        return state with { Letters = [.. state.Letters, .. numbered], Next = state.Next + last.Count };
    }

    public LearningState Without(UInt128 key) => this with
    {
        Letters = [.. Letters.Where(l => l.Key != key)], Live = Live.Without(key), Forgot = true,
    };

    /// <summary>Letters to train from: of each office the newest, up to a number of arrival.</summary>
    public IEnumerable<LearnedLetter> Newest(int through = int.MaxValue) => Letters.Where(l => l.Sequence <= through)
        .GroupBy(l => l.Unit, StringComparer.Ordinal)
        .SelectMany(g => g.OrderByDescending(l => l.Sequence).Take(ModelTraining.MostOfOffice));

    /// <summary>A training has ended; letters that came or were forgotten meanwhile stay so.</summary>
    public LearningState Trained(LearnedModel candidate, GateComparison comparison, int mostVersions)
    {
        var number = Versions[^1].Number + 1;
        var through = candidate.Letters.Count == 0 ? 0 : candidate.Letters.Max(l => l.Sequence);
        var version = new ModelVersion(
            number, candidate.Letters.Count, through, Share(candidate, h => h.Right), Share(candidate, h => h.ColdRight), comparison.Passed,
            comparison.Passed);
        var older = comparison.Passed ? Versions.Select(v => v with { Live = false }) : Versions;
        var versions = (IReadOnlyList<ModelVersion>)[.. older.Where(v => v.Live || v.Number > number - mostVersions), version];
        if (!comparison.Passed) return this with { Versions = versions, Forgot = false };
        var here = Letters.Select(l => l.Sequence).ToHashSet();
        var live = candidate with { Version = number };
        foreach (var gone in candidate.Letters.Where(l => !here.Contains(l.Sequence))) live = live.Without(gone.Key);
        foreach (var late in Letters.Where(l => l.Sequence > through)) live = live.With(late);
        return this with { Versions = versions, Live = live, Forgot = false };
    }

    /// <summary>A version is in use again, without letters forgotten meanwhile; later letters wait for the next training.</summary>
    public LearningState WentBackTo(LearnedModel model)
    {
        var here = Letters.Select(l => l.Key).ToHashSet();
        var live = model.Letters.Where(l => !here.Contains(l.Key)).Aggregate(model, (m, gone) => m.Without(gone.Key));
        return this with { Live = live, Versions = [.. Versions.Select(v => v with { Live = v.Number == model.Version })] };
    }

    private static double Share(LearnedModel model, Func<HeldOutDecision, bool> which) =>
        (double)model.HeldOut.Count(which) / Math.Max(1, model.HeldOut.Count);
}
