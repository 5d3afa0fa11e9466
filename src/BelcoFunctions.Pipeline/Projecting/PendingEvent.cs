using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queueing;

namespace BelcoFunctions.Pipeline.Projecting;

/// <summary>An event of a batch, on its way to the table.</summary>
internal sealed class PendingEvent(BelcoEvent e, QueuedEvent queued)
{
    private TableEntity? timelineRow;

    public BelcoEvent Event => e;

    public EventIdentity Identity { get; } = e.Identity;

    public TableEntity TimelineRow => timelineRow ??= Tables.TimelineRow.ToEntity(e, queued.ReceivedAt, queued.PayloadBlob);

    public DateTimeOffset ReceivedAt => queued.ReceivedAt;

    /// <summary>The blob that has the event's body, if it is large.</summary>
    public string? PayloadBlob => queued.PayloadBlob;

    /// <summary>The blob that the event's row refers to, once the event is projected; null if there is none.</summary>
    public string? RowBlob { get; set; }

    /// <summary>The outcome; null until it is known.</summary>
    public DeliveryOutcome? Outcome { get; set; }
}
