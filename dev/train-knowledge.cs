#!/usr/bin/env -S dotnet run -c Release
#:project ../src/Postlotse/Postlotse.csproj
#:property RestorePackagesWithLockFile=false
#:property PublishAot=false
#:property GenerateDocumentationFile=false

// Trains data/knowledge/model.bin from data/knowledge/*.jsonl: about ten minutes of one core. Same pack, same bytes.
// Call from anywhere: dotnet run -c Release dev/train-knowledge.cs [FOLDER]
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Postlotse.Responsibility.Knowledge;
using Postlotse.Responsibility.Knowledge.Training;

var folder = args is [var given, ..] ? given : Path.Combine(Root(), "data", "knowledge");
var started = Stopwatch.StartNew();
var pack = KnowledgePack.Parse(Directory.GetFiles(folder, "*.jsonl").Select(f => (Path.GetFileName(f), File.ReadAllText(f))));
var model = ConcernTraining.Train(pack, new() { Threads = Environment.ProcessorCount });
var target = Path.Combine(folder, "model.bin");
using (var stream = File.Create(target + ".new"))
    ConcernModelFile.Write(model, stream);
File.Move(target + ".new", target, overwrite: true);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"{pack.Concerns.Count} concerns, {new FileInfo(target).Length / 1e6:0.0} MB, {started.Elapsed.TotalSeconds:0} s"));

static string Root([CallerFilePath] string here = "") => Path.GetDirectoryName(Path.GetDirectoryName(here)!)!;
