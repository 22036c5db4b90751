using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Postlotse.Engines.Protocol;

namespace Postlotse.Engines.Pool;

/// <summary>A running page child. After any fault it is not used again.</summary>
internal sealed class EngineProcess : IDisposable
{
    /// <summary>A page full of small print has about 1 MiB of words.</summary>
    private const int LongestAnswer = 32 << 20;

    private readonly Process _process;
    private readonly EngineOptions _options;
    private int _requests;

    private EngineProcess(Process process, EngineOptions options) => (_process, _options) = (process, options);

    /// <summary>Has read so many pages that it is to be replaced.</summary>
    public bool IsWornOut => _requests >= _options.PagesPerChild;

    public bool HasExited => _process.HasExited;

    public int Id => _process.Id;

    /// <exception cref="EngineFault">Cannot be started.</exception>
    public static EngineProcess Start(EngineOptions options)
    {
        string[] limits =
        [
            options.Languages, options.MemoryMebibytes.ToString(CultureInfo.InvariantCulture),
            options.OutputMebibytes.ToString(CultureInfo.InvariantCulture), options.PixelsPerPage.ToString(CultureInfo.InvariantCulture),
        ];
        var process = Processes.Start([.. options.ChildCommand, .. limits], withInput: true);
        // Drained, so that it cannot block; dropped, for it may hold text of letters.
        _ = DrainAsync(process.StandardError.BaseStream);
        return new(process, options);
    }

    public void Dispose()
    {
        Processes.Kill(_process);
        _process.Dispose();
    }

    /// <summary>Asks and waits for the answer.</summary>
    /// <exception cref="EngineFault">The child crashed, took too long or answered nonsense; it has been killed.</exception>
    public async Task<ChildAnswer> AskAsync(ChildRequest request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.TimePerPage);
        try
        {
            var numbered = request with { Id = ++_requests };
            await SendAsync(numbered, limit.Token);
            var answer = await LimitedReader.ReadLineAsync(_process.StandardOutput.BaseStream, LongestAnswer, limit.Token)
                ?? throw new EngineFault(await EndedAsync(limit.Token));
            return AnswerCheck.Parse(answer, numbered);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Processes.Kill(_process);
            throw new EngineFault($"page child took longer than {_options.TimePerPage.TotalSeconds:0} s", timeLimit: true);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            Processes.Kill(_process);
            throw new EngineFault("page child: " + e.Message);
        }
        catch
        {
            Processes.Kill(_process);
            throw;
        }
    }

    /// <summary>A child that has already ended takes nothing any more; how it ended is what its output and exit code tell.</summary>
    private async Task SendAsync(ChildRequest request, CancellationToken cancellationToken)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(request, ChildJson.Options);
        var input = _process.StandardInput.BaseStream;
        try
        {
            await input.WriteAsync(line, cancellationToken);
            await input.WriteAsync("\n"u8.ToArray(), cancellationToken);
            await input.FlushAsync(cancellationToken);
        }
        catch (IOException)
        {
            // Broken pipe: the read that follows meets the end of the output.
        }
    }

    /// <summary>By blocks, not by lines: a child gone wrong may never end a line.</summary>
    private static async Task DrainAsync(Stream errors)
    {
        try
        {
            await errors.CopyToAsync(Stream.Null);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The child has ended.
        }
    }

    private async Task<string> EndedAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode == 69
            ? "OCR engine or language data not installed: " + _options.Languages
            : "page child ended with code " + _process.ExitCode.ToString(CultureInfo.InvariantCulture);
    }
}
