using Postlotse.Responsibility.Knowledge;
using Postlotse.Responsibility.Knowledge.Training;
using Xunit;

namespace Postlotse.Tests.Responsibility.Knowledge;

public sealed class KnowledgeModelTests
{
    [Fact]
    public void ShippedModel_BelongsToThePack()
    {
        Assert.Equal(Shipped.Pack.Hash, Shipped.Model.PackHash);
        Assert.Equal(Shipped.Pack.Concerns.Select(c => c.Id), Shipped.Model.Concerns.Select(c => c.Id));
    }

    [Fact]
    public void ShippedModel_KnowsItsOwnTitles()
    {
        var right = Shipped.Model.Concerns.Where((c, i) => Best(Shipped.Model.Score(c.Title)) == i).Count();

        Assert.True(right >= Shipped.Model.Concerns.Count * 0.93, $"{right} of {Shipped.Model.Concerns.Count}");
    }

    [Fact]
    public void Training_IsDeterministicWhateverTheThreads()
    {
        var pack = Shipped.Pack.Take(12);

        var one = Bytes(ConcernTraining.Train(pack, new() { Threads = 1 }));
        var two = Bytes(ConcernTraining.Train(pack, new() { Threads = 2 }));

        Assert.Equal(one, two);
    }

    [Fact]
    public void Model_SurvivesItsFile()
    {
        var model = ConcernTraining.Train(Shipped.Pack.Take(5));

        var read = ConcernModelFile.Read(new MemoryStream(Bytes(model)));

        Assert.Equal(Bytes(model), Bytes(read));
        Assert.Equal(model.Score("Hausnummer"), read.Score("Hausnummer"), (a, b) => Math.Abs(a - b) < 0.01);
    }

    [Fact]
    public void DamagedModel_IsRefusedWithoutCrash()
    {
        var bytes = Bytes(ConcernTraining.Train(Shipped.Pack.Take(3)));
        var random = new Random(7);
        Assert.Throws<FormatException>(() => ConcernModelFile.Read(new MemoryStream([])));
        Assert.Throws<FormatException>(() => ConcernModelFile.Read(new MemoryStream(new byte[64])));
        foreach (var length in Enumerable.Range(0, 50).Select(_ => random.Next(bytes.Length)))
            Assert.Throws<FormatException>(() => ConcernModelFile.Read(new MemoryStream(bytes, 0, length)));
    }

    [Fact]
    public void ReadingErrorsOfTheScan_HardlyChangeWhatIsRecognised()
    {
        var clean = Shipped.Model.Score("Bitte richten Sie für unseren Umzug am 14. März eine Halteverbotszone ein.");
        var broken = Shipped.Model.Score("Bitte richten Sie für unseren Umzuq am 14. Marz eine Halteverbotszone eln.");

        Assert.Equal(Best(clean), Best(broken));
    }

    private static int Best(float[] scores) => Array.IndexOf(scores, scores.Max());

    private static byte[] Bytes(ConcernModel model)
    {
        using var stream = new MemoryStream();
        ConcernModelFile.Write(model, stream);
        return stream.ToArray();
    }
}
