namespace BelcoFunctions.Testing.Storage;

/// <summary>Every delay is over at once.</summary>
internal sealed class TimeWithoutWaiting : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, TimeSpan.Zero, period);
}
