using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Backups;

/// <summary>Corrects a restored conversation, since its rows were not read at one moment: its row is replaced by the fold of its
/// timeline, or inserted; a new customer gets a row; what was erased while the backup was written is marked, so that the eraser
/// finishes it.</summary>
/// <param name="startedAt">When the backup began.</param>
internal sealed class RestoreWrite(
    string shopId, string conversationId, DateTimeOffset startedAt, ConversationTable table, PayloadReader payloads)
    : ConversationWrite(shopId, conversationId)
{
    private readonly TimelineFold timeline = new(table, payloads);
    private readonly ErasureTable erasures = new(table);
    private bool isDone;

    /// <summary>Half a sentence; null if the conversation is right now.</summary>
    public string? Failure { get; private set; }

    /// <summary>Whether the conversation was not right before.</summary>
    public bool WasChanged { get; private set; }

    public override bool IsDone => isDone;

    public override bool FoldsAgain => true;

    public override async ValueTask<ConversationChange?> NextAsync(StoredConversation? stored,
        IReadOnlyDictionary<string, StoredCustomer> customers, CancellationToken cancellationToken)
    {
        var folded = await timeline.FoldAsync(ShopId, ConversationId, stored?.Erasure, cancellationToken);
        var isGone = folded.State.LastItem is null;
        Failure = folded.Failure ?? (isGone && stored?.Erasure is null ? "it has no timeline" : null);
        var erasure = Failure is null && stored?.Erasure is { } erased ? await MarkAsync(erased, cancellationToken) : null;
        if (Failure is not null || (erasure == stored?.Erasure && !folded.IsReadingStale && (isGone
            ? stored!.State.LastItem is null : await table.MatchesAsync(folded.State, erasure, cancellationToken))))
        {
            isDone = true;
            return null;
        }

        foreach (var id in folded.CustomerIds)
        {
            await table.AddIfMissingAsync(new StoredCustomer(ShopId, id), cancellationToken);
        }

        var reading = folded.IsReadingStale ? ReadingRow.ToAction(ShopId, ConversationId, folded.Reading) : null;
        return new ConversationChange(stored, folded.State, [], erasure, reading);
    }

    public override void Committed() => (isDone, WasChanged) = (true, true);

    public override void GiveUp(GiveUpReason reason) => (isDone, Failure) = (true, reason switch
    {
        GiveUpReason.AnotherVersion => "another version wrote it",
        GiveUpReason.DamagedRow => "its row is damaged",
        _ => "others kept writing it",
    });

    /// <summary>Marks an erasure as unfinished if it was made while the backup was written. Then rows, events and names that it
    /// erased may be in the backup.</summary>
    private async Task<Erasure> MarkAsync(Erasure erasure, CancellationToken cancellationToken) => erasure with
    {
        IsUnfinished = erasure.IsUnfinished || erasure.At >= startedAt
            || (await erasures.CountTimelineAsync(ShopId, ConversationId, erasure.Through, cancellationToken)).Rows > 0,
    };
}
