namespace BelcoFunctions.Simulation.Tests.Scheduling;

/// <summary>A writer's request to a service that has not answered yet.</summary>
internal abstract class OpenOperation(CancellationToken cancellationToken)
{
    // Its continuations run inside the step that ends it.
    private readonly TaskCompletionSource ended = new();
    private CancellationTokenRegistration cancellation;

    public Task Ended => ended.Task;

    /// <summary>Whether it changes nothing.</summary>
    public abstract bool IsRead { get; }

    /// <summary>Whether the service has an answer now. Else the operation waits for one.</summary>
    public virtual bool HasAnswer => true;

    /// <summary>Whether it ends when no writer can continue.</summary>
    public virtual bool EndsAtLast => true;

    /// <summary>The time at which it certainly has an answer; null if never.</summary>
    public virtual DateTimeOffset? NextDue => null;

    /// <summary>How it may fail, most important first.</summary>
    public abstract IEnumerable<StepKind> Faults { get; }

    public void WhenCancelled(Action<OpenOperation> forget) => cancellation = cancellationToken.UnsafeRegister(_ =>
    {
        forget(this);
        ended.TrySetCanceled(cancellationToken);
    }, null);

    /// <summary>Answers it, or lets it fail.</summary>
    public void End(StepKind kind, SimulatedRun run, Writer writer)
    {
        cancellation.Dispose();
        var (error, meaning, text) = Apply(kind, run);
        writer.Note(meaning);
        run.Trace?.Invoke($"    {text}");
        if (error is null) ended.SetResult();
        else ended.SetException(error);
    }

    /// <summary>Makes the change, unless the step prevents it.</summary>
    /// <returns>The error, what the writer is told, and the same for people.</returns>
    protected abstract (Exception? Error, ulong Meaning, string Text) Apply(StepKind kind, SimulatedRun run);
}
