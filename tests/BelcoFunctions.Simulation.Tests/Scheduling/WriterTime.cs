namespace BelcoFunctions.Simulation.Tests.Scheduling;

/// <summary>The clock of one life of a writer. Its timers end when the scheduler says so.</summary>
internal sealed class WriterTime(SimulatedRun run) : TimeProvider
{
    private readonly List<WriterTimer> timers = [];

    public bool HasTimer => timers.Count > 0;

    /// <summary>Whether the library pauses. A cancelled pause would continue on the thread pool.</summary>
    public bool HasPause => timers.Exists(timer => !timer.IsDeadline);

    public bool HasDeadline => timers.Exists(timer => timer.IsDeadline);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => run.Now;

    public override long GetTimestamp() => run.Now.UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new WriterTimer(this, () => callback(state), isDeadline: state is CancellationTokenSource);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Like <see cref="Task.Delay(TimeSpan, TimeProvider, CancellationToken)"/>, which continues on the thread pool
    /// when it is cancelled.</summary>
    public async Task WaitAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        var over = new TaskCompletionSource();
        using var timer = CreateTimer(_ => over.TrySetResult(), null, delay, Timeout.InfiniteTimeSpan);
        using var cancelled = cancellationToken.UnsafeRegister(_ => over.TrySetCanceled(cancellationToken), null);
        await over.Task;
    }

    /// <summary>Ends the next wait that is due. A deadline never ends a pause.</summary>
    public void Fire()
    {
        var next = timers.MinBy(timer => (timer.IsDeadline, timer.Due))!;
        timers.Remove(next);
        if (next.Due > run.Now) run.Now = next.Due;
        next.Callback();
    }

    private sealed class WriterTimer(WriterTime time, Action callback, bool isDeadline) : ITimer
    {
        public bool IsDeadline => isDeadline;

        public DateTimeOffset Due { get; private set; }

        public Action Callback => callback;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.timers.Remove(this);
            if (dueTime == Timeout.InfiniteTimeSpan) return true;
            Due = time.GetUtcNow() + dueTime;
            time.timers.Add(this);
            return true;
        }

        public void Dispose() => time.timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
