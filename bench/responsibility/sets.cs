#!/usr/bin/env -S dotnet run -c Release
#:project ../../src/Postlotse/Postlotse.csproj
#:property RestorePackagesWithLockFile=false
#:property PublishAot=false
#:property GenerateDocumentationFile=false

// Prints the figures of every set of letters that belongs to the project, one line each, decided by knowledge and organisation alone.
// Call: dotnet run -c Release bench/responsibility/sets.cs
// Of sets that something was chosen with by their even lines, only the odd ones are measured; "chosen" marks those that weights of the
// assignment were chosen with as a whole, so that their figures are rather too good.
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Postlotse.Letters;
using Postlotse.Responsibility;
using Postlotse.Responsibility.Knowledge;

(string City, string Letters, bool OddOnly, string Note)[] sets =
[
    ("lindenfurt", "letters", true, ""), ("lindenfurt", "fresh-letters", true, ""), ("lindenfurt", "later-letters", true, ""),
    ("lindenfurt", "further-letters", true, ""), ("lindenfurt", "varied-letters", false, ""), ("lahnthal-mitte", "letters", false, ""),
    ("isarstadt", "letters", true, ""), ("hellenbrueck", "letters", false, "chosen"), ("wiesmoorhausen", "letters", false, "chosen"),
];
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var model = ConcernModelFile.LoadShipped();
var deciders = sets.Select(s => s.City).Distinct(StringComparer.Ordinal).ToDictionary(c => c, c => new Decider(
    JsonSerializer.Deserialize<Organisation>(File.ReadAllText(In(c, "organisation.json")), PostlotseJson.Compact)!, null, model),
    StringComparer.Ordinal);
Print($"{"",-32}{"letters",8}{"first",7}{"of 3",7}{"auto",7}{"wrong",7}{"ECE",7}");
foreach (var (city, name, oddOnly, note) in sets)
{
    using var lines = File.OpenRead(In(city, name + ".jsonl"));
    var letters = LetterLines.Read(lines).Where((_, i) => !oddOnly || i % 2 == 0).OfType<LetterLine.Valid>().Select(l => l.Letter).ToList();
    var figures = Evaluation.Measure(letters.ConvertAll(l => new EvaluatedLetter(l, deciders[city].Decide(l.Content))));
    Print($"{city + " " + name,-32}{letters.Count,8}{figures.Top1,7:0.000}{figures.Top3,7:0.000}"
        + $"{figures.Coverage,7:0.000}{figures.Misroute,7:0.000}{figures.Ece,7:0.000}  {note}");
}

static string In(string city, string file) => Path.Combine(Root(), "data", "cities", city, file);

static void Print(string text) => Console.WriteLine(text);

static string Root([CallerFilePath] string here = "") => Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(here)!)!)!;
