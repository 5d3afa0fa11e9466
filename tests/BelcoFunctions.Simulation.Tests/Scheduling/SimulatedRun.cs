using BelcoFunctions.Simulation.Tests.Local;
using BelcoFunctions.Simulation.Tests.ServiceBus;
using BelcoFunctions.Simulation.Tests.Store;

namespace BelcoFunctions.Simulation.Tests.Scheduling;

/// <summary>One run: writers, the store and the clock, on one thread. Somebody else chooses the steps.</summary>
internal sealed class SimulatedRun : IDisposable
{
    private const int MaxRequests = 5_000;
    private const ulong Mixer = 0x9E3779B97F4A7C15;

    private readonly List<Writer> writers = [];
    private int current = -1;

    public SimulatedRun(StoreState state, StorePages pages, DateTimeOffset now)
    {
        (Store, Now) = (new SimulatedStore(pages), now);
        Store.State = state;
    }

    public SimulatedStore Store { get; }

    public DateTimeOffset Now { get; set; }

    public IReadOnlyList<Writer> Writers => writers;

    /// <summary>The queues' dead letters: they belong to the host, not to the store.</summary>
    public List<QueuedEvent> DeadLetters { get; init; } = [];

    public required SimulatedBus Bus { get; init; }

    /// <summary>The queue file; null if the run has none.</summary>
    public LocalFile? File { get; init; }

    public int Requests { get; private set; }

    /// <summary>Whether anything was disturbed, in any life of any writer.</summary>
    public bool HadFault { get; private set; }

    /// <summary>The first defect; null if there was none.</summary>
    public string? Failure { get; private set; }

    /// <summary>Receives each step as readable text; null if nobody reads them.</summary>
    public Action<string>? Trace { get; init; }

    public bool IsOver => Failure is not null || writers.TrueForAll(writer => writer.IsDone);

    /// <summary>A hash of the run's state: equal for equal rows, writers and time.</summary>
    public ulong StateHash()
    {
        var hash = Store.State.Hash ^ Bus.Hash ^ (File?.Hash ?? 0) ^ ((ulong)Now.UtcTicks * Mixer) ^ (ulong)(current + 1);
        foreach (var writer in writers)
        {
            hash = (hash ^ writer.History) * Mixer + (hash >> 31);
            if (writer.IsDone) hash++;
        }

        return hash ^ ((ulong)DeadLetters.Count << 56);
    }

    public void Start(IReadOnlyList<WriterProgram> programs, ClientPool pool)
    {
        current = -1;
        Dispose();
        writers.Clear();
        foreach (var program in programs) writers.Add(new Writer(this, writers.Count, program, pool[writers.Count]));
        foreach (var writer in writers) writer.Start();
        File?.Forget();
    }

    public void Count(OpenOperation request)
    {
        if (++Requests == MaxRequests) Fail($"There were {MaxRequests} requests, the last a {request}.");
    }

    public void Fail(string failure) => Failure ??= failure;

    /// <summary>Closes all resources of the writers. The queue file stays.</summary>
    public void Dispose()
    {
        foreach (var writer in writers) writer.Close();
    }

    /// <summary>Lists the possible next steps. The first one is the step if nobody interferes.</summary>
    public void ListSteps(List<Step> steps)
    {
        steps.Clear();
        var isBusy = current >= 0 && writers[current].HasAnswer;
        if (isBusy) ListRequests(writers[current], isPreemption: false, steps);
        foreach (var writer in writers)
        {
            if (isBusy && writer.Index == current) continue;
            if (writer.IsDone) continue;
            if (writer.FirstAnswer is >= 0 and var first) steps.Add(new Step(StepKind.Answer, writer.Index, first, isBusy));
            else if (writer.IsWaiting) steps.Add(new Step(StepKind.Timer, writer.Index, 0, isBusy));
        }

        if (isBusy) ListFaults(writers[current], steps);
        else if (steps.Count == 0) ListEndsOfWaits(steps);
        if (steps.Count == 0) Fail("No writer can go on.");
    }

    public void Take(Step step)
    {
        var writer = writers[step.Writer];
        current = step.Writer;
        var open = writer.Requests.Count > 0 ? writer.Requests[step.Request] : null;
        Trace?.Invoke($"{writer.Name}: {step.Kind} {open}");
        writer.Note(((ulong)step.Kind << 8) + (ulong)step.Request);
        // It may read the file in this step.
        if (File is not null) writer.Note(File.Hash);
        HadFault |= step.IsFault;
        if (step.IsFault) writer.Suffer();
        switch (step.Kind)
        {
            case StepKind.Timer:
            case StepKind.Deadline:
                writer.Time.Fire();
                writer.Note((ulong)Now.UtcTicks);
                break;
            case StepKind.TimePasses:
            case StepKind.LocksExpire:
                Now = open?.NextDue ?? Bus.ExpireLocks(Now);
                break;
            case StepKind.Kill:
                writer.Start();
                // It may be started again at any time. So no writer is the current one, and any of them may go on without a
                // preemption.
                current = -1;
                break;
            case StepKind.Cancel:
                writer.Cancel();
                break;
            default:
                writer.Take(step.Request).End(step.Kind, this, writer);
                break;
        }

        writer.EndStep();
        File?.Forget();
    }

    // Receivers wait until all locks have ended and all events are due. If there is still no message, they end.
    private void ListEndsOfWaits(List<Step> steps)
    {
        var waits = writers.SelectMany(writer => writer.Requests.Index()
            .Select(wait => (Writer: writer.Index, wait.Index, wait.Item))).ToList();
        var due = waits.Where(wait => wait.Item.NextDue is not null).OrderBy(wait => wait.Item.NextDue).Take(1).ToList();
        foreach (var (writer, index, _) in due.Count > 0 ? due : waits.Where(wait => wait.Item.EndsAtLast))
        {
            var passes = due.Count > 0 || Bus.HasLocks;
            steps.Add(new Step(passes ? StepKind.TimePasses : StepKind.Answer, writer, index, false));
            if (passes) return;
        }
    }

    private static void ListRequests(Writer writer, bool isPreemption, List<Step> steps)
    {
        var first = writer.FirstAnswer;
        for (var index = first; index < writer.Requests.Count; index++)
        {
            if (!writer.Requests[index].HasAnswer) continue;
            steps.Add(new Step(StepKind.Answer, writer.Index, index, isPreemption || index > first));
        }
    }

    private void ListFaults(Writer writer, List<Step> steps)
    {
        Add(StepKind.Kill);
        foreach (var kind in writer.Requests[writer.FirstAnswer].Faults) Add(kind);
        if (writer.CanBeCancelled) Add(StepKind.Cancel);
        if (!Bus.IsUsed) return;
        if (Bus.HasLocks) Add(StepKind.LocksExpire);
        if (writer.Time is { HasDeadline: true, HasPause: false }) Add(StepKind.Deadline);

        void Add(StepKind kind) => steps.Add(new Step(kind, writer.Index, writer.FirstAnswer, false));
    }
}
