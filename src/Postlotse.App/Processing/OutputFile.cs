using System.Text;
using Postlotse.App.Cli;

namespace Postlotse.App.Processing;

/// <summary>
/// A result file that appears whole under its name when it is finished: until then it is written beside it. "-" is standard output. What is
/// no file but a device is written to as it comes, never replaced.
/// </summary>
internal sealed class OutputFile : IAsyncDisposable
{
    private readonly string _path;
    private readonly StreamWriter _writer;

    private OutputFile(string path, StreamWriter writer) => (_path, _writer) = (path, writer);

    private bool IsWrittenBeside => !IsDash(_path) && !IsDevice(_path);

    private string TemporaryPath => _path + ".part";

    /// <summary>Opens the file for writing.</summary>
    /// <exception cref="CallFailedException">It cannot be written.</exception>
    public static OutputFile Create(string path)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        if (IsDash(path)) return new(path, new(Console.OpenStandardOutput(), utf8));
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
            if (Directory.Exists(path)) throw new IOException("is a folder");
            return new(path, new(IsDevice(path) ? path : path + ".part", append: false, utf8));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CallFailedException(ExitCode.WrongCall, Texts.Of(TextKey.FileUnwritable, path, e.Message), e);
        }
    }

    public Task WriteLineAsync(string line) => _writer.WriteAsync(line + "\n");

    /// <summary>Puts the finished file in its place.</summary>
    public async Task FinishAsync()
    {
        await _writer.FlushAsync();
        await _writer.DisposeAsync();
        if (IsWrittenBeside) File.Move(TemporaryPath, _path, overwrite: true);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        if (IsWrittenBeside) File.Delete(TemporaryPath);
    }

    private static bool IsDevice(string path) => Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal);

    private static bool IsDash(string path) => string.Equals(path, "-", StringComparison.Ordinal);
}
