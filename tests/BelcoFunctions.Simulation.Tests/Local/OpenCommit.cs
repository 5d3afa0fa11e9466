using BelcoFunctions.Simulation.Tests.Scheduling;

namespace BelcoFunctions.Simulation.Tests.Local;

/// <summary>A commit to the queue file. A kill before the commit loses its changes.</summary>
internal sealed class OpenCommit(string text, Action commit) : OpenOperation(CancellationToken.None)
{
    public override bool IsRead => false;

    public override IEnumerable<StepKind> Faults => [];

    public override string ToString() => text;

    protected override (Exception? Error, ulong Meaning, string Text) Apply(StepKind kind, SimulatedRun run)
    {
        try
        {
            commit();
            // The result is in the file, and the next step reads it there.
            return (null, 0, "done");
        }
        catch (Exception exception)
        {
            return (exception, 1, exception.Message);
        }
    }
}
