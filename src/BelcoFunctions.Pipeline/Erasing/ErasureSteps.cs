using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Erasing;

/// <summary>The steps that erase a conversation up to a moment. First its row is replaced: it records what is erased and the
/// fold of the remaining events, or becomes a tombstone if none remain. What the API said goes with it. From then on no
/// transaction can insert an erased event, because each one replaces that row under its ETag, and so has seen what is erased.
/// Then the timeline rows are deleted, each after its blob. The row is still marked as unfinished. Only <c>Eraser</c> removes
/// that mark, after it has also searched for stray events. It runs every day, so the erasure is finished even if this process
/// is killed.</summary>
internal sealed class ErasureSteps(
    string shopId, string conversationId, ConversationTable table, PayloadReader payloads)
{
    private readonly ErasureTable erasures = new(table);
    private readonly TimelineFold timeline = new(table, payloads);
    private Erasure? marked;

    /// <summary>Timeline rows that this process deleted.</summary>
    public int TimelineRows { get; private set; }

    /// <summary>Blobs of such rows that this process deleted.</summary>
    public int Blobs { get; private set; }

    /// <summary>The next change; null if the conversation's row already records the erasure. If this process wrote that row, it
    /// also deletes the timeline rows now.</summary>
    /// <param name="stored">The conversation in the table; null if it is not there.</param>
    /// <param name="wanted">What to erase; null for nothing.</param>
    /// <param name="cancellationToken">Cancels between two requests.</param>
    public async ValueTask<ConversationChange?> NextAsync(
        StoredConversation? stored, Erasure? wanted, CancellationToken cancellationToken)
    {
        var erasure = Erasure.Latest(stored?.Erasure, wanted);
        if (erasure != stored?.Erasure)
        {
            erasure = await erasures.ReachAsync(shopId, conversationId, erasure!, cancellationToken);
            // A later event that cannot be read must not stop the erasure: it stays, but is not counted.
            var remaining = await timeline.FoldAsync(shopId, conversationId, erasure, cancellationToken);
            marked = erasure with { IsUnfinished = true };
            var reading = remaining.HasReading ? ReadingRow.ToAction(shopId, conversationId, remaining.Reading) : null;
            return new ConversationChange(stored, remaining.State, [], marked, reading);
        }

        if (marked is null || marked != erasure) return null;
        marked = null;
        await DeleteTimelineAsync(erasure.Through, cancellationToken);
        return null;
    }

    /// <summary>Deletes the timeline rows up to a moment, once the conversation row says that they are erased.</summary>
    public async Task DeleteTimelineAsync(DateTimeOffset through, CancellationToken cancellationToken)
    {
        // Repeat until a listing finds none: another process may be deleting the same rows.
        while (await erasures.ListTimelineAsync(shopId, conversationId, through, cancellationToken) is { Count: > 0 } rows)
        {
            var blobs = rows.Select(row => row.RawBlob).OfType<string>().ToList();
            // A blob's name is the hash of its body, and the body names its conversation and its moment. So no row that stays
            // has this blob.
            await table.Concurrency.ForEachAsync(blobs, Concurrency.Deletes, payloads.DeleteAsync, cancellationToken);
            if (!await erasures.DeleteTimelineAsync(shopId, rows, cancellationToken)) continue;
            (TimelineRows, Blobs) = (TimelineRows + rows.Count, Blobs + blobs.Count);
        }
    }
}
