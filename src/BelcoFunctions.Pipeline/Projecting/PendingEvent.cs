using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Projecting;

/// <summary>An event of a batch that is not decided yet.</summary>
internal sealed class PendingEvent(BelcoEvent e, QueuedEvent queued)
{
    private TableEntity? timelineRow;

    public BelcoEvent Event => e;

    public EventIdentity Identity { get; } = e.Identity;

    public TableEntity TimelineRow => timelineRow ??= Tables.TimelineRow.ToEntity(e, queued.ReceivedAt, queued.PayloadBlob);

    /// <summary>What became of it; null until that is known.</summary>
    public DeliveryOutcome? Outcome { get; set; }
}
