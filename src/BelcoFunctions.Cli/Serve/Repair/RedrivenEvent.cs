using BelcoFunctions.Viewer.Shared.Repair;

namespace BelcoFunctions.Cli.Serve.Repair;

/// <summary>An event that a redrive puts back, and its current state.</summary>
/// <param name="id">The id of the event. It has the same id as a dead letter and in its queue.</param>
/// <param name="eventName">Belco's name of the event.</param>
/// <param name="requestId">Belco's id of the webhook.</param>
internal sealed class RedrivenEvent(long id, string eventName, string requestId)
{
    public long Id => id;

    public RepairState State { get; set; } = RepairState.Waiting;

    public string? Reason { get; set; }

    public bool IsPending => State is RepairState.Waiting or RepairState.Projecting;

    public RepairedEvent ToRepairedEvent() => new(eventName, requestId, State, Reason) { DeadLetterId = id };
}
