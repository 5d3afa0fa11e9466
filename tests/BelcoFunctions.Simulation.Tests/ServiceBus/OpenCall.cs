using Azure.Messaging.ServiceBus;
using BelcoFunctions.Simulation.Tests.Scheduling;

namespace BelcoFunctions.Simulation.Tests.ServiceBus;

/// <summary>A call to a queue.</summary>
/// <param name="text">For people.</param>
/// <param name="effect">Makes the change and returns the answer for the caller.</param>
internal sealed class OpenCall(string text, Func<ulong> effect, CancellationToken cancellationToken)
    : OpenOperation(cancellationToken)
{
    /// <summary>Whether a message is available; null if the call does not wait.</summary>
    public Func<bool>? IsReady { get; init; }

    public bool OnlyReads { get; init; }

    public override bool IsRead => OnlyReads;

    public override bool HasAnswer => IsReady?.Invoke() ?? true;

    public override IEnumerable<StepKind> Faults =>
        OnlyReads ? [StepKind.Outage] : [StepKind.Outage, StepKind.LoseAnswer];

    public override string ToString() => text;

    protected override (Exception? Error, ulong Meaning, string Text) Apply(StepKind kind, SimulatedRun run)
    {
        try
        {
            var meaning = kind is StepKind.Outage ? 0 : effect();
            return kind is StepKind.Answer ? (null, meaning, "done")
                : (new ServiceBusException("No answer.", ServiceBusFailureReason.ServiceTimeout), 0, "no answer");
        }
        catch (ServiceBusException exception)
        {
            return (exception, (ulong)exception.Reason + 1, exception.Reason.ToString());
        }
    }
}
