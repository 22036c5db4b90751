#!/usr/bin/env -S dotnet run -c Release
#:project ../../src/Postlotse/Postlotse.csproj
#:property RestorePackagesWithLockFile=false
#:property PublishAot=false
#:property GenerateDocumentationFile=false

// Prints the figures of responsibility side by side: the organisation's own words alone, and the knowledge pack.
// Call: dotnet run -c Release bench/responsibility/responsibility.cs [LETTERS.jsonl [ORG.json]] [--odd | --even]
// The pack was improved with the even lines of Lindenfurt's letters; only the odd ones (the default there) say something.
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Postlotse.Letters;
using Postlotse.Responsibility;
using Postlotse.Responsibility.Knowledge;

var files = args.Where(a => !a.StartsWith("--", StringComparison.Ordinal)).ToArray();
var city = Path.Combine(Root(), "data", "cities", "lindenfurt");
var letters = Read(files is [var given, ..] ? given : Path.Combine(city, "letters.jsonl"))
    .Where((_, i) => args.Contains("--all") || (args.Contains("--even") ? i % 2 == 1 : i % 2 == 0 || files.Length > 0))
    .ToList();
var organisation = JsonSerializer.Deserialize<Organisation>(
    File.ReadAllText(files.Length > 1 ? files[1] : Path.Combine(city, "organisation.json")), PostlotseJson.Compact)!;

var started = Stopwatch.StartNew();
var model = ConcernModelFile.LoadShipped();
var loaded = started.Elapsed.TotalMilliseconds;
started.Restart();
var knowing = new Decider(organisation, null, model);
Print($"model loaded in {loaded:0} ms, assignments proposed in {started.Elapsed.TotalMilliseconds:0} ms, {letters.Count} letters");
Print($"{"",-24}{"own words",12}{"knowledge",12}");
var (plain, knowledge) = (Figures(new Decider(organisation)), Figures(knowing));
foreach (var property in typeof(Figures).GetProperties())
    Print($"{property.Name,-24}{property.GetValue(plain),12:0.###}{property.GetValue(knowledge),12:0.###}");

Figures Figures(Decider decider)
{
    // The first rounds are for the compiler.
    for (var round = 0; round < 10; round++)
        foreach (var letter in letters)
            decider.Decide(letter.Content);
    return Evaluation.Measure(letters.Select(l => new EvaluatedLetter(l, decider.Decide(l.Content))));
}

static List<LabelledLetter> Read(string file)
{
    using var lines = File.OpenRead(file);
    return [.. LetterLines.Read(lines).OfType<LetterLine.Valid>().Select(l => l.Letter)];
}

static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

static string Root([CallerFilePath] string here = "") => Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(here)!)!)!;
