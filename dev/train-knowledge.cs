#!/usr/bin/env -S dotnet run -c Release
#:project ../src/Postlotse/Postlotse.csproj
#:property RestorePackagesWithLockFile=false
#:property PublishAot=false
#:property GenerateDocumentationFile=false

// Trains data/knowledge/model.bin from data/knowledge/*.jsonl: about fourteen minutes of one core. Same pack, same bytes. Before
// that data/knowledge/forms.tsv, the names of forms; that alone with --forms.
// Call from anywhere: dotnet run -c Release dev/train-knowledge.cs [FOLDER] [--forms]
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Postlotse.Responsibility.Knowledge;
using Postlotse.Responsibility.Knowledge.Training;
using Postlotse.Responsibility.Knowledge.Voices;

var folder = args is [[not '-', ..] given, ..] ? given : Path.Combine(Root(), "data", "knowledge");
var started = Stopwatch.StartNew();
var pack = KnowledgePack.Parse(Directory.GetFiles(folder, "*.jsonl").Select(f => (Path.GetFileName(f), File.ReadAllText(f))));
File.WriteAllText(Path.Combine(folder, "forms.tsv"), FormNames.TableOf(pack));
if (args.Contains("--forms")) return;
var model = ConcernTraining.Train(pack, new() { Threads = Environment.ProcessorCount });
var target = Path.Combine(folder, "model.bin");
using (var stream = File.Create(target + ".new"))
    ConcernModelFile.Write(model, stream);
File.Move(target + ".new", target, overwrite: true);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"{pack.Concerns.Count} concerns, {new FileInfo(target).Length / 1e6:0.0} MB, {started.Elapsed.TotalSeconds:0} s"));

static string Root([CallerFilePath] string here = "") => Path.GetDirectoryName(Path.GetDirectoryName(here)!)!;
