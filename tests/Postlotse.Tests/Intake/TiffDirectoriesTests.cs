using FsCheck;
using FsCheck.Fluent;
using Postlotse.Intake;
using Xunit;

namespace Postlotse.Tests.Intake;

public sealed class TiffDirectoriesTests
{
    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 3)]
    [InlineData(false, 2)]
    public void WholeFile_IsWhole_AndEachPrefixIsNot(bool little, int pages)
    {
        var tiff = Tiff(little, pages);
        Assert.True(TiffDirectories.AreWhole(new MemoryStream(tiff)));
        for (var length = 0; length < tiff.Length; length++)
            Assert.False(TiffDirectories.AreWhole(new MemoryStream(tiff, 0, length)), $"{length} of {tiff.Length} bytes");
    }

    [Fact]
    public void DirectoriesInACircle_EndTheWalk()
    {
        var tiff = Tiff(little: true, 1);
        BitConverter.GetBytes(8).CopyTo(tiff, 8 + 2 + 2 * 12);
        Assert.False(TiffDirectories.AreWhole(new MemoryStream(tiff)));
    }

    [Fact]
    public void AnyBytes_AreAnsweredWithoutFault() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), noise =>
    {
        var tiff = Tiff(little: noise.Length % 2 == 0, 2);
        for (var i = 0; i + 1 < noise.Length; i += 2) tiff[noise[i] % tiff.Length] = noise[i + 1];
        _ = TiffDirectories.AreWhole(new MemoryStream(tiff));
        _ = TiffDirectories.AreWhole(new MemoryStream(noise));
    }).QuickCheckThrowOnFailure();

    /// <summary>Pages of four bytes each: directory with offset and count of one strip, then the strip.</summary>
    private static byte[] Tiff(bool little, int pages)
    {
        var file = new List<byte>(little ? "II*\0"u8.ToArray() : "MM\0*"u8.ToArray());
        file.AddRange(Number(8, 4));
        for (var page = 1; page <= pages; page++)
        {
            var strip = file.Count + 2 + 2 * 12 + 4;
            file.AddRange(Number(2, 2));
            file.AddRange([.. Number(273, 2), .. Number(4, 2), .. Number(1, 4), .. Number(strip, 4)]);
            file.AddRange([.. Number(279, 2), .. Number(4, 2), .. Number(1, 4), .. Number(4, 4)]);
            file.AddRange(Number(page < pages ? strip + 4 : 0, 4));
            file.AddRange([1, 2, 3, 4]);
        }

        return [.. file];

        byte[] Number(int value, int width)
        {
            var bytes = BitConverter.GetBytes(value)[..width];
            if (!little) Array.Reverse(bytes);
            return bytes;
        }
    }
}
