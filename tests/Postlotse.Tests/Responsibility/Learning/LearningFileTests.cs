using System.Security.Cryptography;
using System.Text;
using Postlotse.Responsibility.Learning;
using Xunit;

namespace Postlotse.Tests.Responsibility.Learning;

public sealed class LearningFileTests
{
    [Fact]
    public void WrittenAndRead_DecidesTheSame()
    {
        var learning = Town.Learned(60);
        learning.Add(Town.Letter(61).Letter, Town.Letter(61).Unit);
        var read = CityLearning.Read(new MemoryStream(Town.Bytes(learning)), Town.Cold);

        Assert.Equal(learning.Versions, read.Versions);
        Assert.Equal(61, read.Letters);
        foreach (var (letter, unit) in Town.Letters(500, 20))
        {
            var (before, after) = (learning.Current.Decide(letter), read.Current.Decide(letter));
            Assert.Equal(before.Unit, after.Unit);
            // Coefficients are stored with 16 bits.
            Assert.Equal(before.Probability, after.Probability, 0.01);
        }

        Assert.True(read.Forget("letter 61"));
    }

    [Fact]
    public void File_HoldsNeitherWordsNorIdsOfLetters()
    {
        var text = Encoding.Latin1.GetString(Town.Bytes(Town.Learned(60)));

        Assert.DoesNotContain("letter", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("wintergarten", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void DamagedOrForeignBytes_AreRefused()
    {
        var good = Town.Bytes(Town.Learned(24));
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var bytes = (byte[])good.Clone();
            bytes[random.Next(bytes.Length)] ^= (byte)(1 + random.Next(255));
            Refused(bytes);
            Refused(good[..random.Next(good.Length)]);
        }

        Refused([]);
        Refused(Encoding.UTF8.GetBytes("{\"units\":[]}".PadRight(200)));
    }

    [Fact]
    public void ForgedContent_IsRefusedOrReadButNeverCrashes()
    {
        var good = Town.Bytes(Town.Learned(24));
        var random = new Random(11);
        for (var i = 0; i < 400; i++)
        {
            var bytes = (byte[])good.Clone();
            for (var n = random.Next(1, 4); n > 0; n--) bytes[random.Next(40, i % 2 == 0 ? bytes.Length : 400)] = (byte)random.Next(256);
            SHA256.HashData(bytes.AsSpan(40)).CopyTo(bytes, 8);
            try
            {
                CityLearning.Read(new MemoryStream(bytes), Town.Cold).Current.Decide(Town.Letter(1).Letter);
            }
            catch (FormatException)
            {
                // Refused: as good.
            }
        }
    }

    private static void Refused(byte[] bytes) =>
        Assert.Throws<FormatException>(() => CityLearning.Read(new MemoryStream(bytes), Town.Cold));
}
