using System.Threading.Channels;
using BelcoFunctions.Pipeline.Maintenance;
using BelcoFunctions.Pipeline.Tables;
using BelcoFunctions.Pipeline.Unprojected;
using BelcoFunctions.Viewer.Shared.Repair;
using BelcoFunctions.Viewer.Unprojected;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Cli.Serve.Repair;

/// <summary>Replays unprojected events in the background, one replay at a time. When serve stops, the replay ends between two
/// batches.</summary>
internal sealed partial class ReplayRuns(UnprojectedEventReplay replay, TimeProvider time, ILogger<ReplayRuns> logger)
    : BackgroundService, IReplayRuns
{
    private readonly Lock gate = new();
    // The newest last. Only the last may be running.
    private readonly List<Run> runs = [];
    private readonly Channel<Run> begun = Channel.CreateBounded<Run>(1);

    public IReadOnlyList<RepairRun> Runs
    {
        get { lock (gate) return [.. runs.AsEnumerable().Reverse().Select(run => run.Result)]; }
    }

    public RepairRun? Find(Guid run)
    {
        lock (gate) return runs.Find(each => each.Id == run)?.Result;
    }

    public RepairRun Begin(Guid run, UnprojectedSelection selection, int? limit)
    {
        lock (gate)
        {
            if (runs.Find(each => each.Id == run) is { } same) return same.Result;
            if (runs is [.., { IsDone: false } running]) return running.Result;
            if (runs.Count == RepairRun.MaxRuns) runs.RemoveAt(0);
            var begins = new Run(run, time.GetUtcNow(), selection, limit);
            runs.Add(begins);
            // The channel has room, because the previous run is done.
            begun.Writer.TryWrite(begins);
            return begins.Result;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var run in begun.Reader.ReadAllAsync(stoppingToken)) await ReplayAsync(run, stoppingToken);
    }

    private async Task ReplayAsync(Run run, CancellationToken stoppingToken)
    {
        string? endedEarly = null;
        try
        {
            await foreach (var replayed in replay.ReplayAsync(run.Selection, run.Limit, stoppingToken))
            {
                lock (gate) run.Add(replayed);
            }
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailed(logger, exception.Message);
            endedEarly = exception is StoreUnavailableException
                ? "The storage account did not answer. The events listed here are done. Run the replay again for the rest."
                : $"The replay failed: {exception.Message}";
        }

        lock (gate) run.End(endedEarly);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A replay ended early: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);

    private sealed class Run(Guid id, DateTimeOffset beganAt, UnprojectedSelection selection, int? limit)
    {
        private readonly Dictionary<RepairState, int> counts = [];
        private readonly List<RepairedEvent> events = [];
        private string? endedEarly;

        public Guid Id => id;

        public UnprojectedSelection Selection => selection;

        public int? Limit => limit;

        public bool IsDone { get; private set; }

        public RepairRun Result => new(id, beganAt, IsDone, new Dictionary<RepairState, int>(counts), [.. events])
        {
            EndedEarly = endedEarly,
        };

        public void Add(ReplayedEvent replayed)
        {
            var (state, reason) = replayed.Outcome switch
            {
                ReplayOutcome.Projected => (RepairState.Projected, null),
                ReplayOutcome.Duplicate => (RepairState.Duplicate, null),
                ReplayOutcome.Erased => (RepairState.Erased, null),
                ReplayOutcome.StillUnprojected still => (RepairState.StillUnprojected, still.Reason),
                ReplayOutcome.TryAgain again => (RepairState.TryAgain, again.Reason),
                _ => throw new InvalidOperationException($"No case for {replayed.Outcome.GetType().Name}."),
            };
            counts[state] = counts.GetValueOrDefault(state) + 1;
            if (events.Count == RepairRun.ShownEvents) return;
            var e = replayed.Event;
            events.Add(new RepairedEvent(e.EventName, e.RequestId, state, reason) { UnprojectedKey = e.Key });
        }

        public void End(string? reason) => (IsDone, endedEarly) = (true, reason);
    }
}
