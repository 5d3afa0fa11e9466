using Microsoft.Extensions.Time.Testing;

namespace BelcoFunctions.Cli.Tests.Belco;

/// <summary>A clock that jumps to the end of each delay as soon as somebody waits for it. It does not move otherwise, and time
/// limits of <see cref="Limit"/> or more are not delays.</summary>
internal sealed class SkippingTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    public static readonly TimeSpan Limit = TimeSpan.FromHours(1);

    private readonly List<TimeSpan> waits = [];

    /// <summary>All delays, in their order.</summary>
    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (waits) return [.. waits];
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime >= Limit || dueTime <= TimeSpan.Zero) return timer;
        lock (waits) waits.Add(dueTime);
        Advance(dueTime);
        return timer;
    }
}
