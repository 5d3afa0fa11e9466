namespace BelcoFunctions.Simulation.Tests.Scheduling;

/// <summary>The clock of one life of a writer. Its timers end when the scheduler says so.</summary>
internal sealed class WriterTime(SimulatedRun run) : TimeProvider
{
    private readonly List<WriterTimer> timers = [];

    public bool HasTimer => timers.Count > 0;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => run.Now;

    public override long GetTimestamp() => run.Now.UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new WriterTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Like <see cref="Task.Delay(TimeSpan, TimeProvider, CancellationToken)"/>, which goes on on the thread pool when
    /// it is cancelled.</summary>
    public async Task WaitAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        var over = new TaskCompletionSource();
        using var timer = CreateTimer(_ => over.TrySetResult(), null, delay, Timeout.InfiniteTimeSpan);
        using var cancelled = cancellationToken.UnsafeRegister(_ => over.TrySetCanceled(cancellationToken), null);
        await over.Task;
    }

    /// <summary>Ends the wait that is over first.</summary>
    public void Fire()
    {
        var next = timers.MinBy(timer => timer.Due)!;
        timers.Remove(next);
        if (next.Due > run.Now) run.Now = next.Due;
        next.Callback();
    }

    private sealed class WriterTimer(WriterTime time, Action callback) : ITimer
    {
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
