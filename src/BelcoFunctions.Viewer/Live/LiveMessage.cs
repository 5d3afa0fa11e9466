using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Viewer.Shared;

namespace BelcoFunctions.Viewer.Live;

/// <summary>Webhooks as the stream sends them.</summary>
/// <param name="At">When it was sent, so that the page can tell how late it is.</param>
/// <param name="Dropped">How many webhooks the page has missed.</param>
/// <param name="Restarted">Whether the host was restarted since the last message.</param>
/// <param name="Rows">The webhooks, in the order of their arrival.</param>
internal sealed record LiveMessage(string At, long Dropped, bool Restarted, IReadOnlyList<LiveRow> Rows)
{
    public static LiveMessage From(LiveChanges changes, DateTimeOffset now) => new(
        EventTime.ToText(now), changes.Dropped, changes.Restarted,
        [.. changes.Webhooks.Select(webhook => LiveRow.From(webhook, changes.Cursor.Start))]);
}

/// <summary>The queues as the stream sends them.</summary>
/// <param name="At">When it was sent.</param>
/// <param name="Queues">All of them.</param>
internal sealed record LiveQueuesMessage(string At, IReadOnlyList<QueueState> Queues);
