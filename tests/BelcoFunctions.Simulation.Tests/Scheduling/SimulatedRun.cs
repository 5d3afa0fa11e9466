using BelcoFunctions.Simulation.Tests.Store;

namespace BelcoFunctions.Simulation.Tests.Scheduling;

/// <summary>One run: writers, the store and the clock, on one thread. Somebody else chooses the steps.</summary>
internal sealed class SimulatedRun
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

    public int Requests { get; private set; }

    /// <summary>Whether anything was disturbed, in any life of any writer.</summary>
    public bool HadFault { get; private set; }

    /// <summary>What went wrong first; null if nothing did.</summary>
    public string? Failure { get; private set; }

    /// <summary>Gets each step, for people; null if nobody reads them.</summary>
    public Action<string>? Trace { get; init; }

    public bool IsOver => Failure is not null || writers.TrueForAll(writer => writer.IsDone);

    /// <summary>Where the run is: the same for the same rows, writers and time.</summary>
    public ulong StateHash()
    {
        var hash = Store.State.Hash ^ ((ulong)Now.UtcTicks * Mixer) ^ (ulong)(current + 1);
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
        writers.Clear();
        foreach (var program in programs) writers.Add(new Writer(this, writers.Count, program, pool[writers.Count]));
        foreach (var writer in writers) writer.Start();
    }

    public void Count(OpenRequest request)
    {
        if (++Requests == MaxRequests) Fail($"There were {MaxRequests} requests, the last a {request}.");
    }

    public void Fail(string failure) => Failure ??= failure;

    /// <summary>Lists what can happen next; first what happens if nobody interferes.</summary>
    public void ListSteps(List<Step> steps)
    {
        steps.Clear();
        var isBusy = current >= 0 && writers[current].Requests.Count > 0;
        if (isBusy) ListRequests(writers[current], isPreemption: false, steps);
        foreach (var writer in writers)
        {
            if (isBusy && writer.Index == current) continue;
            if (writer.IsDone) continue;
            if (writer.Requests.Count > 0) steps.Add(new Step(StepKind.Answer, writer.Index, 0, isBusy));
            else if (writer.Time.HasTimer) steps.Add(new Step(StepKind.Timer, writer.Index, 0, isBusy));
        }

        if (isBusy) ListFaults(writers[current], steps);
        else if (steps.Count == 0) Fail("No writer can go on.");
    }

    public void Take(Step step)
    {
        var writer = writers[step.Writer];
        current = step.Writer;
        var open = writer.Requests.Count > 0 ? writer.Requests[step.Request] : null;
        Trace?.Invoke($"{writer.Name}: {step.Kind} {open}");
        writer.Note(((ulong)step.Kind << 8) + (ulong)step.Request);
        HadFault |= step.IsFault;
        switch (step.Kind)
        {
            case StepKind.Answer:
                Answer(writer, writer.Take(step.Request), Apply(open!));
                break;
            case StepKind.Timer:
                writer.Time.Fire();
                writer.Note((ulong)Now.UtcTicks);
                break;
            case StepKind.LoseAnswer:
                writer.Suffer();
                Apply(open!);
                writer.Take(step.Request).Lose();
                break;
            case StepKind.LoseRequest:
                writer.Suffer();
                writer.Take(step.Request).Lose();
                break;
            case StepKind.Busy:
                writer.Suffer();
                writer.Take(step.Request).Complete(Refusal(open!).With("Retry-After", "1"));
                break;
            case StepKind.Outage:
                writer.Suffer();
                writer.Take(step.Request).Complete(Refusal(open!).With(SimulatedRetry.Outage, "1"));
                break;
            case StepKind.ActionBusy:
            case StepKind.ActionThrottled:
                writer.Suffer();
                var (status, code) = step.Kind is StepKind.ActionBusy ? (503, "ServerBusy") : (429, "TooManyRequests");
                writer.Take(step.Request).Complete(TableTransaction.Failed(status, code, 0));
                break;
            case StepKind.Kill:
                writer.Start();
                // Whoever starts it again does so at any time: it goes on like any other.
                current = -1;
                break;
            case StepKind.Cancel:
                writer.Cancel();
                break;
        }

        writer.EndStep();
    }

    private void Answer(Writer writer, OpenRequest request, SimulatedResponse response)
    {
        writer.Note(response.Meaning);
        Trace?.Invoke($"    {response.Status}");
        request.Complete(response);
    }

    private SimulatedResponse Apply(OpenRequest request)
    {
        var response = request.IsTable ? Store.AnswerTable(request.Request) : Store.AnswerBlob(request.Request, Now);
        if (Store.BadRequest is { } broken) Fail($"The service refuses a {request}: {broken}");
        return response;
    }

    private static SimulatedResponse Refusal(OpenRequest request) => request.IsTable
        ? SimulatedStore.TableError(new StoreRefusal(503, "ServerBusy"))
        : new SimulatedResponse(503).With("x-ms-error-code", "ServerBusy");

    private static void ListRequests(Writer writer, bool isPreemption, List<Step> steps)
    {
        for (var index = 0; index < writer.Requests.Count; index++)
        {
            steps.Add(new Step(StepKind.Answer, writer.Index, index, isPreemption || index > 0));
        }
    }

    private static void ListFaults(Writer writer, List<Step> steps)
    {
        var changes = writer.Requests[0].Request.Method != "GET";
        Add(StepKind.Kill);
        Add(StepKind.Outage);
        if (changes) Add(StepKind.LoseAnswer);
        if (writer.Requests[0].IsTransaction)
        {
            Add(StepKind.ActionBusy);
            Add(StepKind.ActionThrottled);
        }

        Add(StepKind.LoseRequest);
        Add(StepKind.Busy);
        if (writer.CanBeCancelled) Add(StepKind.Cancel);

        void Add(StepKind kind) => steps.Add(new Step(kind, writer.Index, 0, false));
    }
}
