using System.Collections.Concurrent;
using Postlotse.Engines.Protocol;

namespace Postlotse.Engines.Pool;

/// <summary>
/// Lends page children, at most so many at a time; starts them when needed and replaces those that failed or are worn out.
/// </summary>
internal sealed class ChildPool(EngineOptions options) : IDisposable
{
    private readonly SemaphoreSlim _places = new(options.Workers);
    private readonly ConcurrentStack<EngineProcess> _idle = new(); // the last used first: its memory is warm
    private volatile bool _disposed;

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryPop(out var child)) child.Dispose();
        _places.Dispose();
    }

    /// <summary>Starts idle children. One that cannot be started is reported when a page needs it.</summary>
    public void WarmUp()
    {
        try
        {
            for (var i = _idle.Count; i < options.Workers; i++) _idle.Push(EngineProcess.Start(options));
        }
        catch (EngineFault)
        {
            // Said with the page that meets it, where there is a letter to say it of.
        }
    }

    /// <summary>Lets a child answer.</summary>
    /// <exception cref="EngineFault">The child failed; the next call gets another.</exception>
    public async Task<ChildAnswer> AskAsync(ChildRequest request, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        await _places.WaitAsync(cancellationToken);
        EngineProcess? child = null;
        try
        {
            child = Take();
            var answer = await child.AskAsync(request, cancellationToken);
            // After a refusal of native code its memory may be in any state.
            if (answer.Outcome != ChildOutcome.Failed && !child.IsWornOut) child = Keep(child);
            return answer;
        }
        finally
        {
            child?.Dispose();
            if (!_disposed) _places.Release();
        }
    }

    private EngineProcess Take()
    {
        while (_idle.TryPop(out var child))
        {
            if (!child.HasExited) return child;
            child.Dispose();
        }

        return EngineProcess.Start(options);
    }

    private EngineProcess? Keep(EngineProcess child)
    {
        if (_disposed) return child;
        _idle.Push(child);
        return null;
    }
}
