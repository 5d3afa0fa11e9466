using BelcoFunctions.Simulation.Tests.Scheduling;

namespace BelcoFunctions.Simulation.Tests.Local;

/// <summary>Waits inside a process: for a signal, or until nothing happens any more.</summary>
/// <param name="text">For people.</param>
/// <param name="isOver">Whether the wait is over.</param>
/// <param name="end">Runs when it is over.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class OpenWait(string text, Func<bool> isOver, Action end, CancellationToken cancellationToken)
    : OpenOperation(cancellationToken)
{
    /// <summary>The time at which it ends by itself, or null.</summary>
    public Func<DateTimeOffset?>? Due { get; init; }

    /// <summary>Whether it ends when no writer can continue.</summary>
    public bool IsForTheEnd { get; init; }

    public override bool IsRead => false;

    public override bool HasAnswer => isOver();

    public override bool EndsAtLast => IsForTheEnd;

    public override DateTimeOffset? NextDue => Due?.Invoke();

    public override IEnumerable<StepKind> Faults => [];

    public override string ToString() => text;

    protected override (Exception? Error, ulong Meaning, string Text) Apply(StepKind kind, SimulatedRun run)
    {
        end();
        return (null, 1, "goes on");
    }
}
