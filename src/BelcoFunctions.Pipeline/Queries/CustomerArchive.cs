using System.Runtime.CompilerServices;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;
using BelcoFunctions.Pipeline.Unprojected;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>Reads what the archive has about a customer, to answer a request for access. It finds the same conversations and
/// unprojected events that erasing the customer would erase.</summary>
public sealed class CustomerArchive(PipelineStorage storage, PayloadReader payloads)
{
    private readonly CustomerConversations customers = new(storage.Conversations, payloads);
    private readonly UnprojectedBodies unprojected = new(storage, payloads);
    private readonly RowScan rows = new(storage.Conversations);

    /// <summary>The conversations that belong or once belonged to the customer. Reads all events of the shop.</summary>
    /// <param name="shopId">The shop.</param>
    /// <param name="customerId">The customer.</param>
    /// <param name="remaining">Gets the damaged rows: we cannot know which customer they belong to.</param>
    /// <param name="cancellationToken">Cancels between two requests.</param>
    /// <exception cref="StoreUnavailableException">Also if another version of this code wrote a row.</exception>
    /// <exception cref="DamagedRowException"/>
    public async IAsyncEnumerable<ArchivedConversation> FindConversationsAsync(
        string shopId, string customerId, RemainingRows remaining, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var conversationId in customers.FindAsync(shopId, customerId, remaining, cancellationToken))
        {
            var row = await rows.FindAsync(
                shopId, TableKeys.Conversation(conversationId), RowColumns.ConversationSelect, cancellationToken);
            if (row is null || ConversationRow.IsTombstone(row)) continue;
            yield return new ArchivedConversation(
                ConversationSummary.Read(row), RowColumn.Read(RowColumns.Conversation, row),
                ReadEventsAsync(shopId, conversationId, row.GetDateTimeOffset(Column.ErasedThrough), cancellationToken));
        }
    }

    /// <summary>The unprojected events that name one of these ids. An event that can never be projected names an id if any
    /// string in it is that id.</summary>
    /// <param name="shopId">The shop.</param>
    /// <param name="ids">The ids of the customer and of the conversations.</param>
    /// <param name="remaining">Gets the damaged rows: we cannot know which customer they belong to.</param>
    /// <param name="cancellationToken">Cancels between two requests.</param>
    /// <exception cref="StoreUnavailableException"/>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> FindUnprojectedAsync(
        string shopId, IReadOnlySet<string> ids, RemainingRows remaining,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (_, body) in unprojected.ReadAsync(shopId, remaining, cancellationToken))
        {
            if (body is { } bytes && EventStrings.From(bytes).HasAny(ids)) yield return bytes;
        }
    }

    private async IAsyncEnumerable<ArchivedEvent> ReadEventsAsync(string shopId, string conversationId, DateTimeOffset? erased,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var timeline = rows.ReadAsync(shopId, TableKeys.TimelineAfter(conversationId, erased), condition: null,
            RowScan.LargeRowsPage, [.. RowColumns.TimelineSelect.Union(RawEvent.Columns)], cancellationToken);
        await foreach (var row in timeline)
        {
            var raw = RawEvent.Read(row);
            yield return new ArchivedEvent(
                TimelineEntry.Read(row), RowColumn.Read(RowColumns.Timeline, row),
                await payloads.ReadAsync(raw.RawBlob, raw.Raw, cancellationToken));
        }
    }
}

/// <summary>A conversation and its events.</summary>
/// <param name="Summary">Its state.</param>
/// <param name="Values">The same as the values of <see cref="RowColumns.Conversation"/>.</param>
/// <param name="Events">Its events, oldest first. Read them only once.</param>
public sealed record ArchivedConversation(
    ConversationSummary Summary, IReadOnlyList<object?> Values, IAsyncEnumerable<ArchivedEvent> Events);

/// <summary>An event of a conversation.</summary>
/// <param name="Entry">What happened.</param>
/// <param name="Values">The same as the values of <see cref="RowColumns.Timeline"/>.</param>
/// <param name="Raw">The event as Belco sent it; null if its blob is missing.</param>
public sealed record ArchivedEvent(
    TimelineEntry Entry, IReadOnlyList<object?> Values, ReadOnlyMemory<byte>? Raw);
