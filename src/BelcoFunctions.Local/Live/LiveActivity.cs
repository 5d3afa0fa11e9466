using BelcoFunctions.Viewer.Live;
using Microsoft.Extensions.Hosting;

namespace BelcoFunctions.Local.Live;

/// <summary>Tells everybody who listens of changes, with one clock for all of them. While nobody listens, it only counts the
/// queues for the charts now and then.</summary>
internal sealed class LiveActivity(WebhookLog log, MinuteHistory history, QueueReader queues, TimeProvider time)
    : BackgroundService, ILiveActivity
{
    public const int MaxListeners = 50;

    /// <summary>How often listeners are told of changes, at most.</summary>
    public static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(500);

    /// <summary>How often the queues are counted while nobody listens.</summary>
    public static readonly TimeSpan IdlePulse = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private int listeners;
    private TaskCompletionSource firstListener = Signal();
    private TaskCompletionSource change = Signal();

    public LiveChanges ReadSince(LiveCursor? cursor) => log.ReadSince(cursor);

    public IReadOnlyList<LiveQueue> ReadQueues() => queues.Read();

    public IReadOnlyList<LiveMinute> ReadLastHour() => history.Read();

    public ILiveListener? Listen()
    {
        lock (gate)
        {
            if (listeners == MaxListeners) return null;
            if (++listeners == 1) firstListener.TrySetResult();
            return new Listener(this);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Nothing was told yet, and something may have listened and arrived before this begins.
        var (seen, told) = (0L, queues.Read());
        while (!stoppingToken.IsCancellationRequested)
        {
            var current = queues.Read();
            history.Waits(current.Sum(queue => queue.Depth), time.GetUtcNow());
            var version = log.Version;
            if (version != seen || !ReferenceEquals(current, told)) Tell();
            (seen, told) = (version, current);
            await PauseAsync(stoppingToken);
        }
    }

    private async Task PauseAsync(CancellationToken stoppingToken)
    {
        Task first;
        lock (gate)
        {
            if (listeners == 0 && firstListener.Task.IsCompleted) firstListener = Signal();
            first = firstListener.Task;
        }

        using var pausing = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var pause = Task.Delay(first.IsCompleted ? Pulse : IdlePulse, time, pausing.Token);
        await (first.IsCompleted ? pause : Task.WhenAny(pause, first)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await pausing.CancelAsync();
    }

    private void Tell()
    {
        lock (gate)
        {
            change.SetResult();
            change = Signal();
        }
    }

    private Task NextChange()
    {
        lock (gate) return change.Task;
    }

    private void Leave()
    {
        lock (gate) listeners--;
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Listener(LiveActivity activity) : ILiveListener
    {
        private Task next = activity.NextChange();
        private bool isDisposed;

        public async Task<bool> WaitAsync(CancellationToken cancellationToken)
        {
            await next.WaitAsync(LiveStream.Heartbeat, activity.Time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // Before the reader reads, so that no change is missed.
            next = activity.NextChange();
            return !cancellationToken.IsCancellationRequested;
        }

        public void Dispose()
        {
            if (isDisposed) return;
            isDisposed = true;
            activity.Leave();
        }
    }

    private TimeProvider Time => time;
}
