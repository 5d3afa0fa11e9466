using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Projecting;

/// <summary>An event of a batch, or an imported item, on its way to the table.</summary>
/// <param name="e">The event.</param>
/// <param name="receivedAt">When it was received, or read from Belco's API.</param>
/// <param name="payloadBlob">The blob that has the event's body, if it is large.</param>
internal sealed class PendingEvent(BelcoEvent e, DateTimeOffset receivedAt, string? payloadBlob)
{
    private TableEntity? timelineRow;

    public BelcoEvent Event => e;

    public ItemIdentity Identity { get; } = e.Identity;

    public TableEntity TimelineRow => timelineRow ??= Tables.TimelineRow.ToEntity(e, receivedAt, payloadBlob);

    public DateTimeOffset ReceivedAt => receivedAt;

    public string? PayloadBlob => payloadBlob;

    /// <summary>What the item's row tells: this event once it is projected, or whoever told of the item first. Null until it
    /// is known.</summary>
    public Telling? Standing { get; set; }

    /// <summary>The outcome; null until it is known. It is a duplicate if the item has a row already, whatever that row
    /// tells.</summary>
    public DeliveryOutcome? Outcome { get; set; }

    /// <summary>Its rows were written.</summary>
    public void Projected() =>
        (Outcome, Standing) = (new DeliveryOutcome.Projected(), new Telling(e.RequestId, e.Raw, payloadBlob));

    /// <summary>The item had a row before.</summary>
    public void Found(Telling standing) => (Outcome, Standing) = (new DeliveryOutcome.Duplicate(), standing);
}
