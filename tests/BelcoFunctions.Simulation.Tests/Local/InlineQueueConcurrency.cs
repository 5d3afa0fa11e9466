using BelcoFunctions.Cli.Serve.Queue;
using BelcoFunctions.Simulation.Tests.Scheduling;

namespace BelcoFunctions.Simulation.Tests.Local;

/// <summary>The local queue on one thread. The scheduler decides when a commit happens, and its waiters continue inside that
/// step.</summary>
internal sealed class InlineQueueConcurrency(SimulatedRun run, Writer process) : QueueConcurrency
{
    private readonly HashSet<GroupCommit> waiting = [];

    public override TaskCreationOptions AfterCommit => TaskCreationOptions.None;

    public override Task WriteAsync(GroupCommit writer) => Task.CompletedTask;

    public override void ChangeWaits(GroupCommit writer)
    {
        // It shares the waiting commit.
        if (!waiting.Add(writer)) return;
        _ = process.Send(new OpenCommit("commit", () =>
        {
            waiting.Remove(writer);
            writer.WriteOnce();
        }));
    }

    public override async Task<T> ChangeAsync<T>(Func<T> change)
    {
        T result = default!;
        await process.Send(new OpenCommit("change", () => result = change()));
        return result;
    }

    public override IQueueSignal CreateSignal(string name, bool isSet) => new Signal(this, name, isSet);

    public override double NextDouble() => 0.5;

    private sealed class Signal(InlineQueueConcurrency concurrency, string name, bool isSet) : IQueueSignal
    {
        private bool isSet = isSet;

        private bool IsDue => NextDue <= concurrency.Run.Now;

        private DateTimeOffset? NextDue => concurrency.Run.File!.NextDue(name);

        public void Set() => isSet = true;

        public Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (isSet)
            {
                isSet = false;
                return Task.CompletedTask;
            }

            // A bounded wait ends by itself. It matters only if an event is due then.
            var isBounded = longest != Timeout.InfiniteTimeSpan;
            return concurrency.Process.Send(new OpenWait(
                $"wait for {name}", () => isSet || (isBounded && IsDue), () => isSet = false, cancellationToken)
            {
                Due = isBounded ? () => NextDue : null,
            });
        }

        public void Dispose()
        {
            // Nothing to release.
        }
    }

    private SimulatedRun Run => run;

    private Writer Process => process;
}
