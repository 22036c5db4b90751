using System.Globalization;

namespace Postlotse.App.Cli;

/// <summary>Progress on standard error: a bar on a terminal, else a line every few seconds.</summary>
internal sealed class Progress(TextWriter error, bool isTerminal, TimeProvider clock)
{
    private const int BarWidth = 30;
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan BarInterval = TimeSpan.FromMilliseconds(100);
    private readonly Lock _lock = new();
    private readonly long _start = clock.GetTimestamp();
    private TimeSpan _last = TimeSpan.Zero;
    private bool _barShown;

    /// <summary>For this process's standard error.</summary>
    public static Progress OnStandardError() => new(Console.Error, !Console.IsErrorRedirected, TimeProvider.System);

    /// <summary>Says how far it is; not more often than people read.</summary>
    /// <param name="finished">Items done.</param>
    /// <param name="total">All items; 0 when unknown.</param>
    /// <param name="unit">What is counted, for people.</param>
    public void Report(long finished, long total, string unit)
    {
        lock (_lock)
        {
            var elapsed = clock.GetElapsedTime(_start);
            if (elapsed - _last < (isTerminal ? BarInterval : LineInterval)) return;
            _last = elapsed;
            if (isTerminal) error.Write("\r" + Bar(finished, total) + " " + Count(finished, total, unit));
            else error.WriteLine(Count(finished, total, unit));
            _barShown = isTerminal;
        }
    }

    /// <summary>Writes a line for people, out of the way of the bar.</summary>
    public void Say(string line)
    {
        lock (_lock)
        {
            Clear();
            error.WriteLine(line);
        }
    }

    /// <summary>Takes the bar away.</summary>
    public void End()
    {
        lock (_lock) Clear();
    }

    private static string Bar(long finished, long total)
    {
        var filled = total == 0 ? 0 : (int)(BarWidth * Math.Min(finished, total) / total);
        return "[" + new string('#', filled) + new string('.', BarWidth - filled) + "]";
    }

    private static string Count(long finished, long total, string unit) => total == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{finished} {unit}")
        : string.Create(CultureInfo.InvariantCulture, $"{finished}/{total} {unit}");

    private void Clear()
    {
        if (_barShown) error.Write("\r" + new string(' ', BarWidth + 40) + "\r");
        _barShown = false;
    }
}
