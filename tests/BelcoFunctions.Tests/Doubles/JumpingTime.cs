namespace BelcoFunctions.Tests.Doubles;

/// <summary>The system's clock. A test can move it forward, and can stop all timers.</summary>
internal sealed class JumpingTime : TimeProvider
{
    private long jumped;

    /// <summary>Whether a timer fires if it is created after this is set. Without timers, the app's time limits have no
    /// effect, so a slow machine changes no answer.</summary>
    public bool TimersFire { get; set; }

    public void Jump(TimeSpan distance) => Interlocked.Add(ref jumped, (long)(distance.TotalSeconds * TimestampFrequency));

    public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref jumped);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, TimersFire ? dueTime : Timeout.InfiniteTimeSpan, period);
}
