using System.Collections.Concurrent;

namespace BelcoFunctions.Testing.Belco;

/// <summary>The requests that came, with or without a token, in the order in which they came.</summary>
internal sealed class BelcoRequestLog(TimeProvider time)
{
    private readonly ConcurrentQueue<(DateTimeOffset At, BelcoRequest Request)> all = new();
    private readonly Lock gate = new();
    private int running;

    public IReadOnlyCollection<(DateTimeOffset At, BelcoRequest Request)> All => all;

    /// <summary>How many were in work at the same time at most.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>How many there were.</summary>
    /// <param name="path">For example <c>conversations/*/items</c>, or <see cref="BelcoPath.Any"/>.</param>
    public int Count(string path = BelcoPath.Any) => all.Count(one => BelcoPath.Matches(path, one.Request.Path));

    /// <summary>Forgets them.</summary>
    public void Clear() => all.Clear();

    /// <summary>Adds a request, which is in work until the result is disposed of.</summary>
    public IDisposable Add(BelcoRequest request)
    {
        all.Enqueue((time.GetUtcNow(), request));
        lock (gate) MostAtOnce = Math.Max(MostAtOnce, ++running);
        return new Running(this);
    }

    private sealed class Running(BelcoRequestLog log) : IDisposable
    {
        public void Dispose()
        {
            lock (log.gate) log.running--;
        }
    }
}
