using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Postlotse.Engines.Child;
using Postlotse.Engines.Child.Images;
using Postlotse.Engines.Native;
using Postlotse.Engines.Protocol;

namespace Postlotse.Engines;

/// <summary>
/// A page child: a process that keeps the OCR engine loaded and reads one page after another, under limits it set itself before the
/// first foreign byte. Requests and answers are lines of JSON. It ends at once when its input ends, so it never outlives the pool.
/// </summary>
public static class EngineChild
{
    /// <summary>The hidden first argument of the executable that makes it a page child.</summary>
    public const string Verb = "engine";

    /// <summary>Serves requests until the input ends.</summary>
    /// <param name="args">Languages joined by "+" (loaded: the first), memory in MiB, largest file in MiB, pixels per page.</param>
    /// <param name="stdin">Requests.</param>
    /// <param name="stdout">Answers; nothing else may be written to it.</param>
    /// <returns>0 at the end of input; 2 wrong call; 69 the engine or its language data are not installed.</returns>
    public static int Run(string[] args, Stream stdin, Stream stdout)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (args.Length != 4 || !int.TryParse(args[1], CultureInfo.InvariantCulture, out var memory)
            || !int.TryParse(args[2], CultureInfo.InvariantCulture, out var file)
            || !long.TryParse(args[3], CultureInfo.InvariantCulture, out var pixels))
            return 2;
        _ = Leptonica.setMsgSeverity(6); // its messages would only fill the error stream
        var languages = args[0].Split('+');
        using var engine = TryLoad(languages[0]);
        if (engine is null) return 69;
        using var further = new FurtherLanguages(languages);
        ProcessLimits.Apply(memory, file);
        Serve(new PageReader(engine, further, pixels), stdin, stdout);
        return 0;
    }

    private static OcrEngine? TryLoad(string language)
    {
        try
        {
            return new OcrEngine(language);
        }
        catch (Exception e) when (e is NativeException or DllNotFoundException)
        {
            return null;
        }
    }

    private static void Serve(PageReader reader, Stream stdin, Stream stdout)
    {
        using var lines = new BlockingCollection<string>(boundedCapacity: 1);
        var input = new Thread(() => Listen(stdin, lines)) { IsBackground = true };
        input.Start();
        foreach (var line in lines.GetConsumingEnumerable())
        {
            var request = JsonSerializer.Deserialize<ChildRequest>(line, ChildJson.Options) ?? throw new InvalidDataException("request");
            JsonSerializer.Serialize(stdout, Answer(reader, request), ChildJson.Options);
            stdout.WriteByte((byte)'\n');
            stdout.Flush();
        }
    }

    /// <summary>Listens also while a page is being read: at the end of input nobody wants the answer any more.</summary>
    private static void Listen(Stream stdin, BlockingCollection<string> lines)
    {
        using var reader = new StreamReader(stdin, new UTF8Encoding(false));
        while (reader.ReadLine() is { } line) lines.Add(line);
        ProcessLimits._exit(0);
    }

    private static ChildAnswer Answer(PageReader reader, ChildRequest request)
    {
        try
        {
            return request.Task == ChildTask.Count
                ? new(request.Id, ChildOutcome.Counted, Count: SourceImage.Count(request.File))
                : reader.Read(request);
        }
        catch (DamagedImageException e)
        {
            return new(request.Id, ChildOutcome.Damaged, Detail: e.Message);
        }
        catch (UnsupportedImageException e)
        {
            return new(request.Id, ChildOutcome.Unsupported, Detail: e.Message);
        }
        catch (TooManyPixelsException e)
        {
            return new(request.Id, ChildOutcome.TooManyPixels, Detail: e.Pixels.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is NativeException or OutOfMemoryException or IOException)
        {
            return new(request.Id, ChildOutcome.Failed, Detail: e.GetType().Name + ": " + e.Message);
        }
    }
}
