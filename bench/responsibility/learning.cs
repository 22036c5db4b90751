#!/usr/bin/env -S dotnet run -c Release
#:project ../../src/Postlotse/Postlotse.csproj
#:property RestorePackagesWithLockFile=false
#:property PublishAot=false
#:property GenerateDocumentationFile=false

// Prints what learning brings, and writes the same splits for bench/responsibility/baselines.py.
// Call: dotnet run -c Release bench/responsibility/learning.cs [FOLDER]     then: /usr/bin/python3 bench/responsibility/baselines.py FOLDER
// Part 1, model city with the shipped knowledge: only the odd lines are measured (the pack was improved with the even ones); each letter is
// decided by what was learned from other letters of both parts. Three letters an office are all there are, so "3" means two others of
// its own.
// Part 2, no knowledge at all: passages of the knowledge pack as texts, kinds of offices as offices.
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Postlotse.Letters;
using Postlotse.Responsibility;
using Postlotse.Responsibility.Knowledge;
using Postlotse.Responsibility.Learning;

const int Folds = 8;
var folder = args is [var given, ..] ? given : Path.Combine(Path.GetTempPath(), "postlotse-learning");
Directory.CreateDirectory(folder);
var city = Path.Combine(Root(), "data", "cities", "lindenfurt");
var organisation = JsonSerializer.Deserialize<Organisation>(
    File.ReadAllText(Path.Combine(city, "organisation.json")), PostlotseJson.Compact)!;
var letters = Read(Path.Combine(city, "letters.jsonl"));
var odd = letters.Where((_, i) => i % 2 == 0).ToList();
var cold = new Decider(organisation, null, ConcernModelFile.LoadShipped());

Head("model city, shipped knowledge, odd lines");
Line("cold", Decide(cold, odd));
foreach (var most in (int[])[1, 3]) Line($"{most} a unit", CrossDecided(most));

Head("no knowledge: passages of the pack by kind of office, 2,000 measured");
var passages = Passages();
var kinds = passages.Select(p => p.Unit!).Distinct(StringComparer.Ordinal).ToList();
var plain = new Decider(
    new() { City = "Nirgends", Units = [.. kinds.Select(k => new Unit { Id = k, Name = k, Tasks = ["-"] })] }, null, ConcernModel.Empty);
var measured = passages.Take(2000).ToList();
Write("passages-test", measured);
foreach (var most in (int[])[1, 3, 10, 50])
{
    var learned = Some(passages.Skip(2000), most);
    Write($"passages-train-{most}", learned);
    Line($"{most} an office", Decide(Learn(plain, learned), measured));
}

List<EvaluatedLetter> CrossDecided(int most)
{
    var result = new List<EvaluatedLetter>();
    for (var fold = 0; fold < Folds; fold++)
    {
        var learned = Some(letters.Where((_, i) => i % Folds != fold), most);
        var tested = letters.Where((_, i) => i % Folds == fold && i % 2 == 0).ToList();
        if (tested.Count == 0) continue;
        Write($"city-train-{most}-{fold}", learned);
        Write($"city-test-{most}-{fold}", tested);
        result.AddRange(Decide(Learn(cold, learned), tested));
    }

    return result;
}

static Decider Learn(Decider cold, IEnumerable<LabelledLetter> letters)
{
    var learning = new CityLearning(cold);
    learning.Import(letters.Select(l => (l.Content, l.Unit!)));
    return learning.Current;
}

static List<LabelledLetter> Some(IEnumerable<LabelledLetter> of, int most) =>
    [.. of.GroupBy(l => l.Unit, StringComparer.Ordinal).SelectMany(g => g.Take(most))];

static List<EvaluatedLetter> Decide(Decider decider, List<LabelledLetter> letters) =>
    letters.ConvertAll(l => new EvaluatedLetter(l, decider.Decide(l.Content)));

static void Line(string name, List<EvaluatedLetter> decided)
{
    var f = Evaluation.Measure(decided);
    Print($"{name,-16} {f.Letters,5} letters  top1 {f.Top1:0.000}  top3 {f.Top3:0.000}  automatic {f.Coverage:0.000}");
    Print($"{"",-16}   of these wrong {f.Misroute:0.000}  ece {f.Ece:0.000}  ms p99 {f.MillisecondsP99:0.0}");
}

List<LabelledLetter> Passages()
{
    var random = new Random(1);
    var result = new List<LabelledLetter>();
    foreach (var file in Directory.GetFiles(Path.Combine(Root(), "data", "knowledge"), "*.jsonl").Order(StringComparer.Ordinal))
        foreach (var line in File.ReadLines(file).Where(l => l.Length > 0))
        {
            var concern = JsonSerializer.Deserialize<Concern>(line, PostlotseJson.Compact)!;
            if (concern.Vague) continue;
            result.AddRange(concern.Utterances.Select((u, i) =>
                new LabelledLetter(new() { Id = $"{concern.Id}/{i}", Body = u }, concern.Office.Name, [])));
        }

    var mixed = result.ToArray();
    random.Shuffle(mixed);
    return [.. mixed];
}

void Write(string name, IEnumerable<LabelledLetter> letters) => File.WriteAllLines(
    Path.Combine(folder, name + ".jsonl"),
    letters.Select(l => JsonSerializer.Serialize(
        new { text = $"{l.Content.Subject}\n{l.Content.Body}\n{l.Content.Enclosures}", unit = l.Unit, also = l.AlsoAcceptable },
        new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })));

static List<LabelledLetter> Read(string file)
{
    using var lines = File.OpenRead(file);
    return [.. LetterLines.Read(lines).OfType<LetterLine.Valid>().Select(l => l.Letter)];
}

static void Head(string text) => Print($"\n{text}");

static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

static string Root([CallerFilePath] string here = "") => Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(here)!)!)!;
