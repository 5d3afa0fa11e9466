using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Cli.Serve.Queue;

/// <summary>The threads and the random numbers of the local queue. A simulation replaces them: it chooses when to commit, and
/// stays on one thread.</summary>
internal class QueueConcurrency : Concurrency
{
    public static new QueueConcurrency OnThreads { get; } = new();

    /// <summary>How a caller continues after its commit: on another thread, so that the writer can begin the next
    /// commit.</summary>
    public virtual TaskCreationOptions AfterCommit => TaskCreationOptions.RunContinuationsAsynchronously;

    /// <summary>Runs the commits of a writer until the writer ends.</summary>
    /// <returns>Completes after the last commit.</returns>
    public virtual Task WriteAsync(GroupCommit writer)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // Use a separate thread, because it waits for the disk most of the time.
        new Thread(() =>
        {
            writer.Write();
            ended.SetResult();
        })
        { IsBackground = true, Name = "queue writer" }.Start();
        return ended.Task;
    }

    /// <summary>Called when a change waits for its commit.</summary>
    public virtual void ChangeWaits(GroupCommit writer)
    {
        // Nothing to do: the writer's thread takes it.
    }

    /// <summary>Makes a change through a connection that nobody else uses.</summary>
    public virtual Task<T> ChangeAsync<T>(Func<T> change) => Task.FromResult(change());

    /// <param name="name">What the signal is for, such as a queue.</param>
    /// <param name="isSet">Whether the first wait returns at once.</param>
    public virtual IQueueSignal CreateSignal(string name, bool isSet) => new Signal(isSet);

    private sealed class Signal(bool isSet) : IQueueSignal
    {
        private readonly SemaphoreSlim semaphore = new(isSet ? 1 : 0, 1);

        public void Set()
        {
            // Under load, the signal is usually set already. An exception each time would cost more than the event itself.
            if (semaphore.CurrentCount > 0) return;
            try
            {
                semaphore.Release();
            }
            catch (SemaphoreFullException)
            {
                // Another thread has set the signal just before.
            }
        }

        public Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken) =>
            semaphore.WaitAsync(longest, cancellationToken);

        public void Dispose() => semaphore.Dispose();
    }
}

/// <summary>Releases one waiter. If nobody waits, the signal stays set, and the next wait returns at once.</summary>
internal interface IQueueSignal : IDisposable
{
    void Set();

    Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken);
}
