using System.Text;
using Engines.Tests.Support;
using Postlotse.Engines;
using Postlotse.Letters;
using Postlotse.Recognition;

namespace Engines.Tests.Hostile;

/// <summary>Laws of the protocol with page children: whatever bytes one answers with, the service gets one of its closed answers.</summary>
public sealed class ProtocolFuzzTests : IDisposable
{
    private const int Answers = 80;

    private const string Good =
        """{"id":1,"outcome":"read","page":{"number":1,"width":210,"height":297,"rotation":0,"skewDegrees":0,"blank":false,""" +
        """ "meanConfidence":0.9,"text":"Guten Tag","lines":[{"block":1,"paragraph":1,"box":{"x":20,"y":20,"width":40,"height":4},""" +
        """ "baseline":24,"words":[{"text":"Guten","box":{"x":20,"y":20,"width":18,"height":4},"confidence":0.9}]}]},""" +
        """ "image":{"kind":"faxGroup4","width":10,"height":10},"milliseconds":3} """ + "\n";

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task MutatedAnswersOfAChild_AlwaysGiveAnAnswer()
    {
        var random = new Random(5);
        _folder.New("answers");
        _folder.Write("answers/000", Encoding.UTF8.GetBytes(Good));
        for (var i = 1; i < Answers; i++)
            _folder.Write($"answers/{i:D3}", Mutation.Of(Encoding.UTF8.GetBytes(Good), Encoding.UTF8.GetBytes(Good), random));
        var script =
            $"""
            read line; to=$(echo "$line" | sed 's/.*"imageTo":"\([^"]*\)".*/\1/'); echo x > "$to"
            for answer in {_folder.Path}/answers/*; do mv "$answer" {_folder.Path}/now; cat {_folder.Path}/now; break; done
            """;
        using var pool = new EngineProcesses(Engine.Options with
        {
            Workers = 1, PagesPerChild = 1, TimePerPage = TimeSpan.FromSeconds(20), ChildCommand = ["/bin/sh", "-c", script, "saboteur"],
        });
        var page = _folder.Write("page.png", Scan.Png(100, 100, 100));
        var answers = new List<EngineAnswer>();
        for (var i = 0; i < Answers; i++) answers.Add(await Engine.ReadAsync(pool, _folder, page, FileFormat.Png));
        Assert.IsType<EngineAnswer.Read>(answers[0]);
        Assert.Contains(answers, a => a is EngineAnswer.Failed);
        Assert.All(answers.OfType<EngineAnswer.Read>(), a => Assert.InRange(a.Pages[0].Width, 5, 5000));
    }
}
