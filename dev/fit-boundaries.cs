#!/usr/bin/env -S dotnet run -c Release
#:project ../src/Postlotse.Engines/Postlotse.Engines.csproj
#:property RestorePackagesWithLockFile=false
#:property PublishAot=false
#:property GenerateDocumentationFile=false

// Fits the weights of the boundaries between letters (data/separation/boundaries.tsv) and says how good they are.
//   dotnet run -c Release dev/fit-boundaries.cs recognise SCANS PAGES POSTLOTSE   reads files, one letter a PDF, once: PAGES/ID.json
//   dotnet run -c Release dev/fit-boundaries.cs fit WEIGHTS SOURCE…     fits on all, reports on each source fitted on the others
//   dotnet run -c Release dev/fit-boundaries.cs report SOURCE…                    the shipped weights on batches of these letters
// A source is what one hand wrote: folders of pages joined by +, of which each is told by itself. Scans come from
// bench/tools/render_scans.py, many more layouts, read without a scan, from dev/vary-letters.py. From the pages any number of batches is
// put together: letters in chance order, blank backs as scanners give them. Deterministic.
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Postlotse.Engines;
using Postlotse.Letters;
using Postlotse.Recognition;
using Postlotse.Separation;
using static System.FormattableString;
using Composed = (
    System.Collections.Generic.List<Postlotse.Letters.RecognisedPage> Pages, System.Collections.Generic.List<bool> Begins,
    System.Collections.Generic.List<string> Names);

const int Batches = 200;

// Pairs of features are taken up a few at a time; doubt keeps out those that hold on few pages.
const double Ridge = 3, Doubt = 10;
const int PairRounds = 4, PairsAtATime = 8;
return args switch
{
    ["recognise", var scans, var pages, var program] => await RecogniseAsync(scans, pages, program),
    ["fit", var weights, .. { Length: > 1 } sources] => Fit(sources, weights),
    ["report", .. var sources] => Report(sources),
    _ => 2,
};

// Every source in turn is left out of the fit and measured, each of its folders by itself, so that there must be two at least.
int Fit(string[] sources, string path)
{
    var rows = sources.Select((s, i) => s.Split('+').SelectMany((f, k) => Compose(Read(f), 100 * i + k).SelectMany(Rows)).ToList())
        .ToList();
    for (var i = 0; i < sources.Length; i++)
    {
        var weights = Fitted([.. rows.Where((_, k) => k != i).SelectMany(r => r)]);
        foreach (var folder in sources[i].Split('+'))
        {
            Show(folder, Compose(Read(folder), 7, 5), weights);
            Tell(Read(folder), 7, weights);
        }
    }

    var lines = Fitted([.. rows.SelectMany(r => r)]).OrderByDescending(w => Math.Abs(w.Value))
        .Select(w => $"{w.Key}\t{Text(w.Value, "0.###")}");
    File.WriteAllText(path, string.Join('\n', lines.Prepend(
        "# Weights of what speaks for (above 0) and against a letter's beginning on a page; made by dev/fit-boundaries.cs.")) + "\n");
    return 0;
}

int Report(string[] sources)
{
    foreach (var folder in sources.SelectMany(s => s.Split('+')))
    {
        var batches = Compose(Read(folder), 8, 5).ToList();
        var pages = batches.Sum(b => b.Pages.Count);
        PageSeparation.Divide(batches[0].Pages, new());
        var clock = Stopwatch.StartNew();
        var divided = batches.ConvertAll(b => PageSeparation.Divide(b.Pages, new()));
        Print($"{Text(clock.Elapsed.TotalMilliseconds / pages, "0.000")} ms a page, {pages} pages");
        Measure(folder, batches.Zip(divided, (b, d) => (b, d.Division.Pages.Select(p => p.Probability).ToArray())));
        Tell(Read(folder), 8, null);
    }

    return 0;
}

void Show(string name, IEnumerable<Composed> batches, Dictionary<string, double> weights) =>
    Measure(name, batches.Select(b => (b, Probabilities(b, weights))));

double[] Probabilities(Composed b, Dictionary<string, double>? weights) => weights is null
    ? [.. PageSeparation.Divide(b.Pages, new()).Division.Pages.Select(p => p.Probability)]
    : [.. Boundaries.FeaturesOf(b.Pages).Select((f, i) => f is null ? b.Begins[i] ? 1 : 0 : Probability(f, weights))];

// What to look at next: letter and page of the most frequent errors.
void Tell(List<(string Id, List<RecognisedPage> Pages)> letters, int seed, Dictionary<string, double>? weights)
{
    var wrong = new Dictionary<string, (int Times, string Why)>(StringComparer.Ordinal);
    foreach (var batch in Compose(letters, seed, 5))
    {
        var (p, features) = (Probabilities(batch, weights), Boundaries.FeaturesOf(batch.Pages));
        for (var i = 0; i < p.Length; i++)
        {
            if (p[i] >= 0.5 == batch.Begins[i] || features[i] is not { } f) continue;
            var why = weights is null ? [] : weights.Select(w => (w.Key, Value: w.Value * Value(f, w.Key) * (p[i] >= 0.5 ? 1 : -1)))
                .OrderByDescending(v => v.Value).Take(5).Select(v => Invariant($"{v.Key} {v.Value:0.0}"));
            wrong[batch.Names[i]] = (wrong.GetValueOrDefault(batch.Names[i]).Times + 1, string.Join("; ", why));
        }
    }

    foreach (var (page, (times, why)) in wrong.OrderByDescending(w => w.Value.Times).Take(12))
        Print($"  {page}: wrong {times} times: {why}");
}

// F1 of boundaries (the first page of a batch is none), batches without any error, and what the limits for certainty do.
void Measure(string name, IEnumerable<(Composed Batch, double[] Probabilities)> results)
{
    var (hits, extra, missed, right, count) = (0, 0, 0, 0, 0);
    double[] limits = [0.1, 0.2, 0.3];
    var (sure, sureRight) = (new int[limits.Length], new int[limits.Length]);
    foreach (var (batch, p) in results)
    {
        var errors = 0;
        for (var i = 1; i < p.Length; i++)
        {
            if (p[i] >= 0.5 && batch.Begins[i]) hits++;
            else if (p[i] >= 0.5) (extra, errors) = (extra + 1, errors + 1);
            else if (batch.Begins[i]) (missed, errors) = (missed + 1, errors + 1);
        }

        count++;
        right += errors == 0 ? 1 : 0;
        for (var k = 0; k < limits.Length; k++)
        {
            if (p.Any(x => x > limits[k] && x < 1 - limits[k])) continue;
            sure[k]++;
            sureRight[k] += errors == 0 ? 1 : 0;
        }
    }

    var f1 = 2.0 * hits / (2 * hits + extra + missed);
    Print($"{name,-18} F1 {Text(f1, "0.0000")}  extra {extra} missed {missed} of {hits + missed}"
        + $"  batches right {Text(100.0 * right / count, "0.0")} %");
    for (var k = 0; k < limits.Length; k++)
        Print($"  certain outside {Text(limits[k], "0.0")} to {Text(1 - limits[k], "0.0")}: {Text(100.0 * sure[k] / count, "0.0")} %,"
            + $" of those right {Text(100.0 * sureRight[k] / Math.Max(1, sure[k]), "0.0")} %");
}

IEnumerable<(IReadOnlyDictionary<string, double> Features, bool Begins)> Rows(Composed batch) =>
    Boundaries.FeaturesOf(batch.Pages).Select((f, i) => (f!, batch.Begins[i])).Where(r => r.Item1 is not null);

// The features by themselves first; then, a few at a time, pairs of them that explain most of what is left.
Dictionary<string, double> Fitted(List<(IReadOnlyDictionary<string, double> Features, bool Begins)> rows)
{
    var single = rows[0].Features.Keys.ToList();
    var (names, w) = (single.ConvertAll(n => new[] { n }), new double[single.Count]);
    for (var round = 0; ; round++)
    {
        var x = rows.ConvertAll(r => Values(r.Features, names));
        w = Logistic(x, rows, w);
        if (round == PairRounds)
            return names.Zip(w).ToDictionary(p => string.Join(Boundaries.And, p.First), p => p.Second, StringComparer.Ordinal);
        var (score, variance) = (new double[single.Count, single.Count], new double[single.Count, single.Count]);
        for (var r = 0; r < rows.Count; r++)
        {
            var (v, p) = (x[r], 1 / (1 + Math.Exp(-x[r].Zip(w, (a, b) => a * b).Sum())));
            var held = Enumerable.Range(1, single.Count - 1).Where(k => v[k] != 0).ToArray();
            foreach (var a in held)
            {
                foreach (var b in held.Where(b => b > a))
                {
                    score[a, b] += v[a] * v[b] * ((rows[r].Begins ? 1 : 0) - p);
                    variance[a, b] += v[a] * v[a] * v[b] * v[b] * p * (1 - p);
                }
            }
        }

        var known = names.Select(n => string.Join(Boundaries.And, n)).ToHashSet(StringComparer.Ordinal);
        var best = (from a in Enumerable.Range(1, single.Count - 1)
                    from b in Enumerable.Range(a + 1, single.Count - 1 - a)
                    where !known.Contains(single[a] + Boundaries.And + single[b])
                    orderby Math.Abs(score[a, b]) / Math.Sqrt(variance[a, b] + Doubt) descending
                    select new[] { single[a], single[b] }).Take(PairsAtATime).ToList();
        names.AddRange(best);
        w = [.. w, .. new double[best.Count]];
    }
}

double[] Values(IReadOnlyDictionary<string, double> features, List<string[]> names) =>
    [.. names.Select(n => n.Aggregate(1.0, (product, f) => product * features[f]))];

// Newton's method for the logistic likelihood with a ridge on all weights but the constant.
double[] Logistic(List<double[]> x, List<(IReadOnlyDictionary<string, double> Features, bool Begins)> rows, double[] start)
{
    double[] w = [.. start];
    var held = x.ConvertAll(v => Enumerable.Range(0, v.Length).Where(j => v[j] != 0).ToArray());
    for (var round = 0; round < 30; round++)
    {
        var gradient = w.Select((v, j) => j == 0 ? 0 : -Ridge * v).ToArray();
        var hessian = Enumerable.Range(0, w.Length).Select(j => new double[w.Length + 1]).ToArray();
        for (var j = 0; j < w.Length; j++) hessian[j][j] = j == 0 ? 1e-6 : Ridge;
        for (var r = 0; r < x.Count; r++)
        {
            var p = 1 / (1 + Math.Exp(-held[r].Sum(j => x[r][j] * w[j])));
            var v = Math.Max(1e-6, p * (1 - p));
            foreach (var j in held[r])
            {
                gradient[j] += x[r][j] * ((rows[r].Begins ? 1 : 0) - p);
                foreach (var k in held[r]) hessian[j][k] += v * x[r][j] * x[r][k];
            }
        }

        var step = Solve(hessian, gradient);
        for (var j = 0; j < w.Length; j++) w[j] += step[j];
        if (step.Max(Math.Abs) < 1e-4) break;
    }

    return w;
}

double[] Solve(double[][] a, double[] b)
{
    var n = b.Length;
    for (var i = 0; i < n; i++) a[i][n] = b[i];
    for (var i = 0; i < n; i++)
    {
        var pivot = Enumerable.Range(i, n - i).MaxBy(r => Math.Abs(a[r][i]));
        (a[i], a[pivot]) = (a[pivot], a[i]);
        for (var r = 0; r < n; r++)
        {
            if (r == i) continue;
            var f = a[r][i] / a[i][i];
            for (var k = i; k <= n; k++) a[r][k] -= f * a[i][k];
        }
    }

    return [.. Enumerable.Range(0, n).Select(i => a[i][n] / a[i][i])];
}

// Stacks as scanners give them: one-sided, or both sides with blank backs that stay, are partly dropped, or exist at odd ends only.
// Without a size batches are of 1 to 12 letters.
IEnumerable<Composed> Compose(List<(string Id, List<RecognisedPage> Pages)> letters, int seed, int size = 0)
{
    var random = new Random(seed);
    for (var batch = 0; batch < Batches; batch++)
    {
        var (backs, pages, begins) = (random.Next(5), new List<RecognisedPage>(), new List<bool>());
        var names = new List<string>();
        var order = Enumerable.Range(0, letters.Count).OrderBy(_ => random.Next()).Take(size > 0 ? size : random.Next(1, 13)).ToList();
        var isStamped = random.Next(2) == 0;
        foreach (var (id, read) in order.Select(i => letters[i]))
        {
            var letter = read[0].TextSource == TextSource.Document ? AsScanned(read, isStamped, random) : read;
            var bothSides = random.Next(3) == 0;
            for (var i = 0; i < letter.Count; i++)
            {
                Add(letter[i], i == 0, Invariant($"{id} page {i + 1}"));
                var last = i == letter.Count - 1;
                var blank = backs switch
                {
                    2 => !bothSides || (last && letter.Count % 2 == 1),
                    3 => last || random.NextDouble() < 0.6,
                    4 => (!bothSides || last) && random.NextDouble() < 0.5,
                    _ => false,
                };
                if (blank) Add(letter[i] with { Blank = true, Lines = [], Text = "" }, false, "blank");
            }
        }

        yield return (pages, begins, names);

        void Add(RecognisedPage page, bool first, string name)
        {
            names.Add(name);
            pages.Add(page with { Number = pages.Count + 1 });
            begins.Add(first);
        }
    }
}

// What a scan and its reading do to a page of print: it leans a little, letters are misread, a stamp of receipt lies on the first; some are
// written by hand, of which little is read.
List<RecognisedPage> AsScanned(List<RecognisedPage> letter, bool isStamped, Random random)
{
    var (lean, misread) = (random.NextDouble() * 1.5, random.Next(4) switch { 0 => 0.03, 1 => 0.01, _ => 0.002 });
    var byHand = random.Next(7) == 0;
    var pages = letter.ConvertAll(p => p with
    {
        Lines = [.. p.Lines.Where(_ => !IsByHand(p) || random.Next(8) > 0)
            .Select(l => l with { Words = [.. l.Words.Select(w => Word(w, IsByHand(p) ? 0.2 : misread))] })],
        MeanConfidence = IsByHand(p) ? 0.5 + random.NextDouble() / 3 : 0.9,
        SkewDegrees = lean * (random.NextDouble() + random.NextDouble() - 1),
        Width = p.Width + random.NextDouble() - 0.5,
    });
    if (!isStamped || pages[0].Lines.Count == 0 || random.Next(8) == 0) return pages;
    var (x, y) = (pages[0].Width - 80 + 10 * random.NextDouble(), 6 + 14 * random.NextDouble());
    string[] stamp = ["Stadtverwaltung", Invariant($"Eing. {random.Next(1, 29)}. Nov. 2026"), "Poststelle"];
    return [pages[0] with { Lines = [.. pages[0].Lines, .. stamp.Select((t, i) => pages[0].Lines[0] with
        { Words = [new(t, new(x, y + 8 * i, 50, 5), 0.9)], Box = new(x, y + 8 * i, 50, 5) })] }, .. pages[1..]];

    bool IsByHand(RecognisedPage page) => byHand && page.Number == 1;

    Word Word(Word word, double wrong)
    {
        var text = string.Concat(word.Text.Select(c => random.NextDouble() < wrong ? "elnrcaoi1l0"[random.Next(11)] : c));
        double Off() => 0.15 * (random.NextDouble() - 0.5);
        return word with { Text = text, Box = new(word.Box.X + Off(), word.Box.Y + Off(), word.Box.Width, word.Box.Height + Off() / 2) };
    }
}

List<(string Id, List<RecognisedPage> Pages)> Read(string folder) => [.. Directory.GetFiles(folder, "*.json")
    .OrderBy(f => Path.GetFileName(f), StringComparer.Ordinal)
    .Select(f => (Path.GetFileNameWithoutExtension(f),
        JsonSerializer.Deserialize<List<RecognisedPage>>(File.ReadAllText(f), PostlotseJson.Compact)!))
    .Where(l => l.Item2.Count > 0 && !l.Item2[0].Blank)];

async Task<int> RecogniseAsync(string scans, string pages, string program)
{
    using var engine = new EngineProcesses(new() { ChildCommand = [Path.GetFullPath(program), EngineChild.Verb] });
    Directory.CreateDirectory(pages);
    var parallel = new ParallelOptions { MaxDegreeOfParallelism = 3 };
    await Parallel.ForEachAsync(Directory.GetFiles(scans, "*.pdf"), parallel, async (scan, stop) =>
    {
        var scratch = Directory.CreateTempSubdirectory("fit-").FullName;
        var source = new SourcePages(Path.GetFileName(scan), "", new FileInfo(scan).Length, FileFormat.Pdf);
        var answer = await engine.ReadAsync(new(Path.GetFullPath(scan), source, DateTimeOffset.UnixEpoch, "", scratch), stop);
        if (answer is EngineAnswer.Read read)
            await File.WriteAllTextAsync(
                Path.Combine(pages, Path.GetFileNameWithoutExtension(scan) + ".json"),
                JsonSerializer.Serialize(read.Pages, PostlotseJson.Compact), stop);
        else Print($"{scan}: {answer}");
        Directory.Delete(scratch, recursive: true);
    });
    return 0;
}

static double Probability(IReadOnlyDictionary<string, double> features, Dictionary<string, double> weights) =>
    1 / (1 + Math.Exp(-weights.Sum(w => w.Value * Value(features, w.Key))));

static double Value(IReadOnlyDictionary<string, double> features, string name) =>
    name.Split(Boundaries.And).Aggregate(1.0, (product, f) => product * features[f]);

static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

static void Print(string line) => Console.WriteLine(line);
