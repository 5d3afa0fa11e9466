using BelcoFunctions.Viewer.Live;
using BelcoFunctions.Viewer.Shared;
using Microsoft.Extensions.Hosting;

namespace BelcoFunctions.Cli.Serve.Live;

/// <summary>Notifies all listeners of changes at the same time, from one timer. While nobody listens, it only counts the
/// queues for the charts every ten seconds.</summary>
internal sealed class LiveActivity(WebhookLog log, MinuteHistory history, QueueReader queues, TimeProvider time)
    : BackgroundService, ILiveActivity
{
    public const int MaxListeners = 50;

    // The shortest time between two notifications.
    private static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(500);

    // How often it reads the queues while no webhook arrives or changes, because another process may change them.
    private static readonly TimeSpan QuietPulse = TimeSpan.FromSeconds(2);

    // How often it reads the queues while nobody listens.
    private static readonly TimeSpan IdlePulse = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private int listeners;
    private TaskCompletionSource firstListener = Signal();
    private TaskCompletionSource change = Signal();

    public LiveChanges ReadSince(LiveCursor? cursor) => log.ReadSince(cursor);

    public IReadOnlyList<QueueState> ReadQueues() => queues.Read();

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
        // Start from version 0: webhooks may have arrived, and listeners may wait, before this loop begins.
        var (seen, told, toldAt) = (0L, queues.Read(), time.GetTimestamp());
        while (!stoppingToken.IsCancellationRequested)
        {
            var current = queues.Read();
            history.Waits(current.Sum(queue => queue.Depth), time.GetUtcNow());
            var version = log.Version;
            if (version != seen || !ReferenceEquals(current, told) || time.GetElapsedTime(toldAt) >= LiveStream.Heartbeat)
            {
                Tell();
                toldAt = time.GetTimestamp();
                await Task.Delay(Pulse, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            (seen, told) = (version, current);
            var first = FirstListener();
            await (first.IsCompleted
                ? WaitAsync(log.WhenChanged(seen), QuietPulse, stoppingToken) : WaitAsync(first, IdlePulse, stoppingToken));
        }
    }

    // Returns on a change, on the timeout and on cancellation alike: the loop then looks again.
    private async Task WaitAsync(Task wake, TimeSpan longest, CancellationToken stoppingToken) =>
        await wake.WaitAsync(longest, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private Task FirstListener()
    {
        lock (gate)
        {
            if (listeners == 0 && firstListener.Task.IsCompleted) firstListener = Signal();
            return firstListener.Task;
        }
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
            await next.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // Begin to wait for the next change before the reader reads, so that the reader misses no change.
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
}
