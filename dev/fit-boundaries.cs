#!/usr/bin/env -S dotnet run -c Release
#:project ../src/Postlotse.Engines/Postlotse.Engines.csproj
#:property RestorePackagesWithLockFile=false
#:property PublishAot=false
#:property GenerateDocumentationFile=false

// Fits the weights of the boundaries between letters (data/separation/boundaries.tsv) and says how good they are.
//   dotnet run -c Release dev/fit-boundaries.cs recognise SCANS PAGES POSTLOTSE   reads scans, one letter a PDF, once: PAGES/ID.json
//   dotnet run -c Release dev/fit-boundaries.cs fit WEIGHTS PAGES…                fits on one half of the letters, reports on the other
//   dotnet run -c Release dev/fit-boundaries.cs report PAGES…                     the shipped weights on batches of all these letters
// From the pages any number of batches is put together: letters in chance order, blank backs as scanners give them. Deterministic.
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

const int Batches = 500;

const double Ridge = 2;
return args switch
{
    ["recognise", var scans, var pages, var program] => await RecogniseAsync(scans, pages, program),
    ["fit", var weights, .. var folders] => Fit(Read(folders), weights),
    ["report", .. var folders] => Report(Read(folders)),
    _ => 2,
};

int Fit(List<(string Id, List<RecognisedPage> Pages)> letters, string path)
{
    var (fitted, held) = (letters.Where((_, i) => i % 2 == 0).ToList(), letters.Where((_, i) => i % 2 == 1).ToList());
    var weights = Logistic(Compose(fitted, 1).SelectMany(Rows).ToList());
    Show("fitted on", Compose(fitted, 2), weights);
    Show("the other half", Compose(held, 3), weights);
    Tell(held, 3, weights);
    var half = Logistic(Compose(held, 4).SelectMany(Rows).ToList());
    Show("halves exchanged", Compose(fitted, 5), half);
    Tell(fitted, 5, half);
    var all = Logistic(Compose(fitted, 6).Concat(Compose(held, 7)).SelectMany(Rows).ToList());
    var lines = all.OrderByDescending(w => Math.Abs(w.Value)).Select(w => $"{w.Key}\t{Text(w.Value, "0.###")}");
    File.WriteAllText(path, string.Join('\n', lines.Prepend(
        "# Weights of what speaks for (above 0) and against a letter's beginning on a page; made by dev/fit-boundaries.cs.")) + "\n");
    return 0;
}

int Report(List<(string Id, List<RecognisedPage> Pages)> letters)
{
    var batches = Compose(letters, 8).ToList();
    var pages = batches.Sum(b => b.Pages.Count);
    PageSeparation.Divide(batches[0].Pages, new());
    var clock = Stopwatch.StartNew();
    var divided = batches.ConvertAll(b => PageSeparation.Divide(b.Pages, new()));
    Print($"{Text(clock.Elapsed.TotalMilliseconds / pages, "0.000")} ms a page, {pages} pages");
    Measure("shipped", batches.Zip(divided, (b, d) => (b, d.Division.Pages.Select(p => p.Probability).ToArray())));
    return 0;
}

void Show(string name, IEnumerable<Composed> batches, Dictionary<string, double> weights) => Measure(name, batches.Select(b => (
    b, Boundaries.FeaturesOf(b.Pages).Select((f, i) => f is null ? b.Begins[i] ? 1 : 0 : Probability(f, weights)).ToArray())));

// What to look at next: letter and page of the most frequent errors.
void Tell(List<(string Id, List<RecognisedPage> Pages)> letters, int seed, Dictionary<string, double> weights)
{
    var wrong = new Dictionary<string, int>(StringComparer.Ordinal);
    foreach (var batch in Compose(letters, seed))
    {
        var features = Boundaries.FeaturesOf(batch.Pages);
        for (var i = 0; i < features.Count; i++)
            if (features[i] is { } f && Probability(f, weights) >= 0.5 != batch.Begins[i])
                wrong[batch.Names[i]] = wrong.GetValueOrDefault(batch.Names[i]) + 1;
    }

    foreach (var (page, times) in wrong.OrderByDescending(w => w.Value).Take(12)) Print($"  {page}: wrong {times} times");
}

// F1 of boundaries (the first page of a batch is none), batches without any error, and what the limits for certainty do.
void Measure(string name, IEnumerable<(Composed Batch, double[] Probabilities)> results)
{
    var (hits, extra, missed, right, count, sure, sureRight) = (0, 0, 0, 0, 0, 0, 0);
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
        var settings = new SeparationSettings();
        if (p.Any(x => x > settings.SureBelow && x < settings.SureAbove)) continue;
        sure++;
        sureRight += errors == 0 ? 1 : 0;
    }

    var f1 = 2.0 * hits / (2 * hits + extra + missed);
    Print($"{name,-18} F1 {Text(f1, "0.0000")}  extra {extra} missed {missed} of {hits + missed}"
        + $"  batches right {Text(100.0 * right / count, "0.0")} %  certain {Text(100.0 * sure / count, "0.0")} %,"
        + $" of those right {Text(100.0 * sureRight / Math.Max(1, sure), "0.0")} %");
}

IEnumerable<(IReadOnlyDictionary<string, double> Features, bool Begins)> Rows(Composed batch) =>
    Boundaries.FeaturesOf(batch.Pages).Select((f, i) => (f!, batch.Begins[i])).Where(r => r.Item1 is not null);

// Newton's method for the logistic likelihood with a ridge on all weights but the constant.
Dictionary<string, double> Logistic(List<(IReadOnlyDictionary<string, double> Features, bool Begins)> rows)
{
    var names = rows[0].Features.Keys.ToList();
    var x = rows.ConvertAll(r => names.Select(n => r.Features[n]).ToArray());
    var w = new double[names.Count];
    for (var round = 0; round < 30; round++)
    {
        var gradient = w.Select((v, j) => j == 0 ? 0 : -Ridge * v).ToArray();
        var hessian = Enumerable.Range(0, w.Length).Select(j => new double[w.Length + 1]).ToArray();
        for (var j = 0; j < w.Length; j++) hessian[j][j] = j == 0 ? 1e-6 : Ridge;
        for (var r = 0; r < x.Count; r++)
        {
            var p = 1 / (1 + Math.Exp(-x[r].Zip(w, (a, b) => a * b).Sum()));
            var v = Math.Max(1e-6, p * (1 - p));
            for (var j = 0; j < w.Length; j++)
            {
                if (x[r][j] == 0) continue;
                gradient[j] += x[r][j] * ((rows[r].Begins ? 1 : 0) - p);
                for (var k = 0; k < w.Length; k++) hessian[j][k] += v * x[r][j] * x[r][k];
            }
        }

        var step = Solve(hessian, gradient);
        for (var j = 0; j < w.Length; j++) w[j] += step[j];
        if (step.Max(Math.Abs) < 1e-6) break;
    }

    return names.Zip(w).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
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
IEnumerable<Composed> Compose(List<(string Id, List<RecognisedPage> Pages)> letters, int seed)
{
    var random = new Random(seed);
    for (var batch = 0; batch < Batches; batch++)
    {
        var (backs, pages, begins) = (random.Next(5), new List<RecognisedPage>(), new List<bool>());
        var names = new List<string>();
        var order = Enumerable.Range(0, letters.Count).OrderBy(_ => random.Next()).Take(random.Next(1, 13)).ToList();
        foreach (var (id, letter) in order.Select(i => letters[i]))
        {
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

List<(string Id, List<RecognisedPage> Pages)> Read(string[] folders) => [.. folders.SelectMany(f => Directory.GetFiles(f, "*.json"))
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
    1 / (1 + Math.Exp(-features.Sum(f => f.Value * weights[f.Key])));

static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

static void Print(string line) => Console.WriteLine(line);
