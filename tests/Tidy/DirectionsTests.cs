using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Tidy.Rules;
using Xunit;

namespace Tidy;

public sealed class DirectionsTests
{
    private static readonly Repository Tree = Repository.Here;
    private static readonly Lazy<CSharpCompilation> Domain = new(() => Directions.Compile(Trees("src/Postlotse/")));
    private static readonly IReadOnlyDictionary<string, string> NoReasons = new Dictionary<string, string>();

    [Fact]
    public void Stage_UsesOnlyWhatTravelsAndItself() => Check.None(Directions.AcrossStages(Domain.Value));

    [Fact]
    public void Domain_NeedsTheRuntimeAlone() => Check.None(Domain.Value.GetDiagnostics()
        .Where(d => d.Id is "CS0246" or "CS0103" or "CS0234" or "CS0012").Select(d => d.ToString()));

    [Fact]
    public void Domain_TouchesNoProcessNetworkOrNativeCode() => Check.None(Directions.ToOutsideWorld(Domain.Value));

    [Fact]
    public void Domain_TouchesFilesOnlyForAReason() => Check.None(Directions.ToFiles(Domain.Value, Tree.Reasons("files.txt")));

    [Fact]
    public void Journey_IsTheOnlyFileStatingTheOrder() =>
        Assert.Equal(["src/Postlotse/Journey.cs"], Directions.StatingAnOrder(Trees("src/")));

    [Fact]
    public void WebAndApp_ContainNoDecision() =>
        Check.None(Trees("src/Postlotse.Web/").Concat(Trees("src/Postlotse.App/")).SelectMany(Edges.Deciding));

    [Fact]
    public void Interface_HasTwoImplementationsOrAReason() =>
        Check.None(Edges.LonelyInterfaces([.. Trees("src/")], Tree.Reasons("interfaces.txt")));

    [Theory]
    [InlineData("Postlotse")]
    [InlineData("Postlotse.Pdf")]
    public void Project_ReferencesNothing(string project)
    {
        var references = XDocument.Parse(Tree.Text($"src/{project}/{project}.csproj")).Descendants()
            .Where(e => e.Name.LocalName.EndsWith("Reference", StringComparison.Ordinal));
        Check.None(references.Select(e => $"{project}: {e}"));
    }

    [Theory]
    [InlineData("Letters", "Delivery", true)]
    [InlineData("Language", "Reading", true)]
    [InlineData("Reading", "Delivery", true)]
    [InlineData("Reading", "", true)]
    [InlineData("Reading", "Letters", false)]
    [InlineData("Delivery", "Evidence", false)]
    [InlineData("Delivery", "Language", false)]
    [InlineData("Evidence", "Letters", false)]
    public void UseAcrossFolders_IsFound(string from, string to, bool forbidden)
    {
        var target = to.Length == 0 ? "Postlotse" : "Postlotse." + to;
        var domain = Directions.Compile(
        [
            Parse($"src/Postlotse/{to}/B.cs", $"namespace {target};\npublic static class B {{ public static int Value => 1; }}"),
            Parse($"src/Postlotse/{from}/A.cs", $"namespace Postlotse.{from};\nclass A {{ int M() => {target}.B.Value; }}"),
        ]);
        var found = Directions.AcrossStages(domain).Distinct().ToList();
        Assert.Equal(forbidden ? [$"src/Postlotse/{from}/A.cs(2): {from}/ uses {target}.B"] : [], found);
    }

    [Fact]
    public void StoreContract_IsForStages_AndKnowsNone()
    {
        const string store = "src/Postlotse/JourneyStore.cs";
        var good = Parse(store, "namespace Postlotse; public interface IJourneyStore { int Count { get; } }");
        var stage = Parse("src/Postlotse/Intake/A.cs",
            "namespace Postlotse.Intake;\npublic class A { int M(IJourneyStore s) => s.Count; }");
        var letters = Parse("src/Postlotse/Letters/L.cs", "namespace Postlotse.Letters;\nclass L { IJourneyStore s; }");
        var bad = Parse(store, "namespace Postlotse; public interface IJourneyStore { int Count { get; }\nIntake.A A { get; } }");
        Check.None(Directions.AcrossStages(Directions.Compile([good, stage])));
        Check.Finds("Letters/L.cs(2)", Directions.AcrossStages(Directions.Compile([good, letters])));
        Check.Finds("JourneyStore.cs(2)", Directions.AcrossStages(Directions.Compile([bad, stage])));
    }

    [Fact]
    public void UseThroughInferredTypes_IsFound()
    {
        var domain = Directions.Compile(
        [
            Parse("src/Postlotse/Delivery/B.cs", "namespace Postlotse.Delivery; public class B { public int Secret; }"),
            Parse("src/Postlotse/Letters/L.cs", "namespace Postlotse.Letters; public class L { public Delivery.B Inner; }"),
            Parse("src/Postlotse/Reading/A.cs",
                "using Postlotse.Letters;\nnamespace Postlotse.Reading;\nclass A { int M(L l) => l.Inner.Secret; }"),
        ]);
        Assert.Contains("src/Postlotse/Reading/A.cs(3): Reading/ uses Postlotse.Delivery.B", Directions.AcrossStages(domain));
    }

    [Theory]
    [InlineData("System.Diagnostics.Process.Start(\"x\")")]
    [InlineData("System.Console.WriteLine()")]
    [InlineData("new System.Net.Sockets.TcpClient()")]
    [InlineData("new HttpClient()")]
    public void OutsideWorld_IsFound(string code) =>
        Assert.NotEmpty(Directions.ToOutsideWorld(Directions.Compile([Parse("a.cs", $"class A {{ void M() {{ {code}; }} }}")])));

    [Fact]
    public void FileAccess_IsFound()
    {
        var domain = Directions.Compile([Parse("a.cs", "class A { object M() => File.ReadAllText(\"x\"); }")]);
        Check.Finds("System.IO.File", Directions.ToFiles(domain, NoReasons));
        Check.None(Directions.ToFiles(domain, new Dictionary<string, string> { ["a.cs"] = "reads the city's organisation" }));
    }

    [Fact]
    public void ReaderOnAFile_IsFound_OnAStreamNot()
    {
        var path = Directions.Compile([Parse("a.cs", "class A { object M() => new StreamReader(\"x\"); }")]);
        var stream = Directions.Compile([Parse("a.cs", "class A { object M(Stream s) { StreamReader r = new(s); return r; } }")]);
        Check.Finds("StreamReader", Directions.ToFiles(path, NoReasons));
        Check.None(Directions.ToFiles(stream, NoReasons));
    }

    [Fact]
    public void SecondOrder_IsFound()
    {
        var stages = Parse("s.cs", "enum StageName { One, Two, Three }");
        var own = Parse("o.cs", "class O { object o = StageName.One; }");
        var list = Parse("l.cs", "class L { object o = new[] { StageName.One, StageName.Two, StageName.Three }; }");
        var next = Parse("n.cs", "class N { object M(StageName s) => s switch { StageName.One => StageName.Two, _ => StageName.Three }; }");
        var ask = Parse("q.cs", "class Q { int M(StageName s) => s switch { StageName.One => 1, StageName.Two => 2, _ => 3 }; }");
        Assert.Equal(["l.cs", "n.cs"], Directions.StatingAnOrder([stages, own, list, next, ask]));
    }

    [Theory]
    [InlineData("class A { int DecideUnit() => 1; }", "declares DecideUnit")]
    [InlineData("class A { object M() => new Decision { Unit = \"1\" }; }", "makes a Decision")]
    [InlineData("class A { object M() => new Responsibility.Decider(1); }", "makes a Decider")]
    [InlineData("using Postlotse.Responsibility;", "uses Postlotse.Responsibility")]
    public void DecisionAtTheEdge_IsFound(string code, string fault) =>
        Check.Finds(fault, Edges.Deciding(Parse("src/Postlotse.Web/Clearing/A.cs", code)));

    [Theory]
    [InlineData("src/Postlotse.App/Composition.cs", 0)]
    [InlineData("src/Postlotse.App/Commands/RouteCommand.cs", 0)]
    [InlineData("src/Postlotse.App/Serving/Server.cs", 1)]
    public void Composition_MayMakeTheDecider(string file, int count) =>
        Assert.Equal(count,
            Edges.Deciding(Parse(file, "using Postlotse.Responsibility; class A { object M() => new Decider(1); }")).Count());

    [Fact]
    public void LonelyInterface_IsFound()
    {
        SyntaxTree[] trees =
            [Parse("a.cs", "interface IOne { } class A : IOne { } interface ITwo { } class B : ITwo { } record C : B, ITwo;")];
        Check.Finds("IOne has 1", Edges.LonelyInterfaces(trees, NoReasons));
        Check.Finds("no interface IGone", Edges.LonelyInterfaces(trees,
            new Dictionary<string, string> { ["IOne"] = "tests have the other", ["IGone"] = "was there once" }));
    }

    private static IEnumerable<SyntaxTree> Trees(string folder) => Tree.With(folder, ".cs").Select(Tree.Tree);

    private static SyntaxTree Parse(string path, string code) => CSharpSyntaxTree.ParseText(code, path: path);
}
