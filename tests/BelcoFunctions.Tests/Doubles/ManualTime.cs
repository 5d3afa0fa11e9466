using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace BelcoFunctions.Tests.Doubles;

/// <summary>A clock that the test moves, and that reports which waits begin.</summary>
internal sealed class ManualTime(DateTimeOffset now) : FakeTimeProvider(now)
{
    /// <summary>Real time, after which a test fails.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly Channel<TimeSpan> waits = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        waits.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>The length of the next wait, once it has begun.</summary>
    public Task<TimeSpan> NextWaitAsync() => waits.Reader.ReadAsync().AsTask().WaitAsync(Limit);

    /// <summary>True if a wait has begun that <see cref="NextWaitAsync"/> has not returned yet.</summary>
    public bool HasAnotherWait => waits.Reader.TryPeek(out _);
}
