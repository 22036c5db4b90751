#!/usr/bin/env -S dotnet run -c Release
#:project ../../src/Postlotse/Postlotse.csproj
#:property RestorePackagesWithLockFile=false
#:property PublishAot=false
#:property GenerateDocumentationFile=false

// Prints what the proposals rest on: without one voice at a time, by share of letters delivered, with reading errors, and whether the
// words shown as reasons carry the decision.
// Call: dotnet run -c Release bench/responsibility/voices.cs [--even] [--further|--fresh] [RESULTS]
// RESULTS: folder that `postlotse process` wrote for data/cities/lindenfurt/scans; compares scanned with printed text.
// The odd lines of Lindenfurt's letters are the default: the knowledge was improved with the even ones. --fresh: letters by hands that
// knew neither knowledge nor other letters; weights and threshold were chosen with the even lines.
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Postlotse.Letters;
using Postlotse.Responsibility;
using Postlotse.Responsibility.Knowledge;

const int Draws = 5;
var city = Path.Combine(Root(), "data", "cities", "lindenfurt");
var organisation = JsonSerializer.Deserialize<Organisation>(
    File.ReadAllText(Path.Combine(city, "organisation.json")), PostlotseJson.Compact)!;
var further = args.Contains("--further");
var all = Read(Path.Combine(city, 
    further ? "further-letters.jsonl" : args.Contains("--fresh") ? "fresh-letters.jsonl" : "letters.jsonl"));
var letters = further ? all : [.. all.Where((_, i) => i % 2 == (args.Contains("--even") ? 1 : 0))];
var decider = new Decider(organisation, null, ConcernModelFile.LoadShipped());

Head("one voice less");
Line("all voices", decider, l => l);
Line("no address", decider, l => l with { Recipient = "" });
Line("no references", decider, WithoutNumbers);
Line("no subject", decider, l => l with { Subject = "" });
Line("no enclosures", decider, l => l with { Enclosures = "" });
Line("body alone", decider, l => new() { Id = l.Id, Body = l.Body });
Line("no concerns", new Decider(organisation, null, ConcernModel.Empty), l => l);
Line("organisation's words", new Decider(organisation), l => l);

Head("share delivered, errors among those, and probability told against share right");
var decided = letters.ConvertAll(l => new EvaluatedLetter(l, decider.Decide(l.Content)))
    .Where(d => d.Letter.Unit is { Length: > 0 }).ToList();
foreach (var threshold in (double[])[0.99, 0.97, 0.95, 0.93, 0.9, 0.8, 0.7, 0.5, 0])
{
    var sure = decided.FindAll(d => d.Decision!.Probability >= threshold);
    var right = sure.Count(d => d.Letter.Accepts(d.Decision!.Unit));
    var (coverage, told) = ((double)sure.Count / decided.Count, sure.Average(d => d.Decision!.Probability));
    Print($"from {threshold,-6} {coverage,6:0.000}  wrong {sure.Count - right,3} of {sure.Count}");
    Print($"{"",-11} told {told:0.000}, is {(double)right / sure.Count:0.000}");
}

Head("reading errors by chance: share of characters");
foreach (var share in (double[])[0.005, 0.01, 0.02, 0.05, 0.1]) Line($"{share * 100:0.0} %", decider, l => Misread(l, share));
if (args.FirstOrDefault(a => !a.StartsWith("--", StringComparison.Ordinal)) is { } results) Scans(results);
Faithfulness();

void Line(string name, Decider by, Func<LetterContent, LetterContent> change)
{
    var f = Evaluation.Measure(letters.Select(l => new EvaluatedLetter(l, by.Decide(change(l.Content)))));
    Print(
        $"{name,-22} top1 {f.Top1:0.000}  top3 {f.Top3:0.000}  automatic {f.Coverage:0.000}  wrong {f.Misroute:0.000}  ece {f.Ece:0.000}");
}

void Scans(string folder)
{
    Head("scans: as read against as printed");
    foreach (var file in Directory.GetFiles(folder, "*.json").Where(f => !f.EndsWith("summary.json", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal))
    {
        var read = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(file));
        var id = Path.GetFileNameWithoutExtension(read.GetProperty("source").GetProperty("file").GetString())!;
        if (all.Find(l => string.Equals(l.Content.Id, id, StringComparison.Ordinal)) is not { } printed) continue;
        var (scan, print) = (read.GetProperty("decision"), decider.Decide(printed.Content));
        var sure = scan.GetProperty("probability").GetDouble();
        Print(
            $"{id}  is {printed.Unit,-5} scan {scan.GetProperty("unit"),-5} {sure:0.000}  print {print.Unit,-5} {print.Probability:0.000}");
    }
}

// Every draw takes as many words as are shown, of at least four letters like most of those, from the same fields.
void Faithfulness()
{
    var random = new Random(1);
    var (count, holds, shownDrop, otherDrop) = (0, 0, 0d, 0d);
    foreach (var letter in letters.Select(l => l.Content))
    {
        var decision = decider.Decide(letter);
        var shown = decision.Reasons.SelectMany(r => r.Spans).Distinct().ToList();
        if (decision.Outcome == Outcome.Sealed || shown.Count == 0) continue;
        var words = Words(letter);
        var marked = words.FindAll(w => shown.Exists(
            s => s.Field == w.Field && w.Start < s.Start + s.Length && s.Start < w.Start + w.Length));
        var others = words.Except(marked).Where(w => w.Length >= 4).ToArray();
        var without = Drop(letter, decision, marked);
        var drawn = Enumerable.Range(0, Draws).Average(_ =>
        {
            random.Shuffle(others);
            return Drop(letter, decision, [.. others.Take(marked.Count)]);
        });
        count++;
        shownDrop += without;
        otherDrop += drawn;
        if (without > drawn) holds++;
    }

    Head("reasons: fall of the office's probability when words are taken away");
    Print($"{count} letters  shown words {shownDrop / count:0.000}  as many others {otherDrop / count:0.000}");
    Print($"shown words more than others: {(double)holds / count:0.000}");
}

double Drop(LetterContent letter, Decision decision, List<TextSpan> gone) => decision.Probability - (decider.Decide(Without(letter, gone))
    .Ranking.FirstOrDefault(r => string.Equals(r.Unit, decision.Unit, StringComparison.Ordinal))?.Probability ?? 0);

static List<TextSpan> Words(LetterContent letter) =>
    [.. ((LetterField[])[LetterField.Recipient, LetterField.Subject, LetterField.Reference, LetterField.Body, LetterField.Enclosures])
        .SelectMany(f => TextFeatures.Tokens(letter[f]).Select(t => new TextSpan(f, t.Start, t.Length)))];

static LetterContent Without(LetterContent letter, List<TextSpan> gone)
{
    string Cut(LetterField field)
    {
        var text = new StringBuilder(letter[field]);
        foreach (var span in gone.Where(g => g.Field == field))
            for (var i = span.Start; i < span.Start + span.Length; i++) text[i] = ' ';
        return text.ToString();
    }

    return letter with
    {
        Recipient = Cut(LetterField.Recipient), Subject = Cut(LetterField.Subject), Reference = Cut(LetterField.Reference),
        Body = Cut(LetterField.Body), Enclosures = Cut(LetterField.Enclosures),
    };
}

static LetterContent WithoutNumbers(LetterContent letter) => letter with
{
    Reference = "", Subject = string.Concat(letter.Subject.Where(c => !char.IsDigit(c))),
    Body = string.Concat(letter.Body.Where(c => !char.IsDigit(c))),
};

// Confusions that recognition makes of print: similar shapes, lost and doubled characters, split and joined words.
static LetterContent Misread(LetterContent letter, double share)
{
    var random = new Random(letter.Id.Sum(c => c));
    return letter with
    {
        Recipient = Of(letter.Recipient), Sender = Of(letter.Sender), Subject = Of(letter.Subject), Reference = Of(letter.Reference),
        Body = Of(letter.Body), Enclosures = Of(letter.Enclosures),
    };

    string Of(string text)
    {
        var read = new StringBuilder();
        foreach (var c in text)
            read.Append(random.NextDouble() >= share || c == '\n' ? c.ToString() : random.Next(4) == 0 ? "" : Shape(c));
        return read.ToString();
    }

    static string Shape(char c) => c switch
    {
        'ä' => "a", 'ö' => "o", 'ü' => "ii", 'ß' => "B", 'm' => "rn", 'n' => "ri", 'e' => "c", 'l' => "1", 'i' => "l", 'I' => "l",
        'a' => "o", 'u' => "n", 't' => "f", 'f' => "t", 'h' => "b", 'r' => "i", 's' => "8",
        'O' => "0", '0' => "O", '1' => "l", 'c' => "e", 'g' => "q",
        ' ' => "", _ => c + " ",
    };
}

static List<LabelledLetter> Read(string file)
{
    using var lines = File.OpenRead(file);
    return [.. LetterLines.Read(lines).OfType<LetterLine.Valid>().Select(l => l.Letter)];
}

static void Head(string text) => Print($"\n{text}");

static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

static string Root([CallerFilePath] string here = "") => Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(here)!)!)!;
