using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Cli.Serve.Queue;

/// <summary>The threads and the chance of the local queue. A simulation replaces them: it commits when it chooses to, and goes on
/// in the same thread.</summary>
internal class QueueConcurrency : Concurrency
{
    public static new QueueConcurrency OnThreads { get; } = new();

    /// <summary>Where a caller goes on after its commit: on another thread, so that the writer can begin the next one.</summary>
    public virtual TaskCreationOptions AfterCommit => TaskCreationOptions.RunContinuationsAsynchronously;

    /// <summary>Lets a writer commit until it ends.</summary>
    /// <returns>Completes after the last commit.</returns>
    public virtual Task WriteAsync(GroupCommit writer)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // A thread of its own: it waits for the disk most of the time.
        new Thread(() =>
        {
            writer.Write();
            ended.SetResult();
        })
        { IsBackground = true, Name = "queue writer" }.Start();
        return ended.Task;
    }

    /// <summary>A change waits for its commit.</summary>
    public virtual void ChangeWaits(GroupCommit writer)
    {
        // The thread sees it.
    }

    /// <summary>Makes a change through a connection that nobody else uses.</summary>
    public virtual Task<T> ChangeAsync<T>(Func<T> change) => Task.FromResult(change());

    /// <param name="name">What is waited for, such as a queue.</param>
    /// <param name="isSet">Whether the first one who waits goes on at once.</param>
    public virtual IQueueSignal CreateSignal(string name, bool isSet) => new Signal(isSet);

    private sealed class Signal(bool isSet) : IQueueSignal
    {
        private readonly SemaphoreSlim semaphore = new(isSet ? 1 : 0, 1);

        public void Set()
        {
            // Under load this is the usual case. An exception for each event would then cost more than the event.
            if (semaphore.CurrentCount > 0) return;
            try
            {
                semaphore.Release();
            }
            catch (SemaphoreFullException)
            {
                // Another was first.
            }
        }

        public Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken) =>
            semaphore.WaitAsync(longest, cancellationToken);

        public void Dispose() => semaphore.Dispose();
    }
}

/// <summary>Lets one of those who wait go on. If nobody waits, it stays set, and the next one goes on at once.</summary>
internal interface IQueueSignal : IDisposable
{
    void Set();

    Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken);
}
