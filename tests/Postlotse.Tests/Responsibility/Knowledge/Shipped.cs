using System.Text.Json;
using Postlotse.Letters;
using Postlotse.Responsibility;
using Postlotse.Responsibility.Knowledge;

namespace Postlotse.Tests.Responsibility.Knowledge;

/// <summary>What is shipped: pack, model and the two cities, each read once.</summary>
internal static class Shipped
{
    private static readonly Lazy<KnowledgePack> LazyPack = new(() =>
        KnowledgePack.Parse(Directory.GetFiles(Path("data", "knowledge"), "*.jsonl").Select(f => (f, File.ReadAllText(f)))));

    private static readonly Lazy<ConcernModel> LazyModel = new(ConcernModelFile.LoadShipped);
    private static readonly Lazy<Organisation> LazyLindenfurt = new(() => City("lindenfurt"));
    private static readonly Lazy<Organisation> LazyIsarstadt = new(() => City("isarstadt"));
    private static readonly Lazy<Decider> LazyDecider = new(() => new Decider(Lindenfurt, null, Model));

    public static KnowledgePack Pack => LazyPack.Value;

    public static ConcernModel Model => LazyModel.Value;

    public static Organisation Lindenfurt => LazyLindenfurt.Value;

    public static Organisation Isarstadt => LazyIsarstadt.Value;

    /// <summary>Of Lindenfurt.</summary>
    public static Decider Decider => LazyDecider.Value;

    public static string Path(params string[] parts)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(root.FullName, "Postlotse.slnx")))
            root = root.Parent ?? throw new InvalidOperationException("not inside the repository");
        return System.IO.Path.Combine([root.FullName, .. parts]);
    }

    public static IEnumerable<LetterContent> DevelopmentLetters() =>
        File.ReadLines(Path("data", "cities", "lindenfurt", "letters.jsonl"))
            .Select(l => JsonSerializer.Deserialize<LetterContent>(l, PostlotseJson.Compact)!);

    private static Organisation City(string name)
    {
        var json = File.ReadAllText(Path("data", "cities", name, "organisation.json"));
        return JsonSerializer.Deserialize<Organisation>(json, PostlotseJson.Compact)!;
    }
}
