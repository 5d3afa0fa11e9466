using Azure;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>A conversation as it was read from the table, and the ETag of its row.</summary>
public sealed record StoredConversation(ConversationState State, ETag ETag)
{
    /// <summary>Whether somebody deleted the conversation's row in the list. This shows only when the row is moved.</summary>
    public bool RecentRowIsMissing { get; init; }
}

/// <summary>All rows that a change writes to one conversation. They are written together or not at all.</summary>
internal sealed class ConversationChange
{
    private readonly TableTransactionAction? removal;

    /// <param name="before">The conversation in the table; null if it is new.</param>
    /// <param name="after">The state with the events folded in.</param>
    /// <param name="timelineRows">The rows of the events.</param>
    public ConversationChange(StoredConversation? before, ConversationState after, IReadOnlyList<TableEntity> timelineRows)
    {
        (Before, After) = (before, after);
        var (row, recent) = (ConversationRow.ToEntity(after), ConversationRow.ToRecentEntity(after));
        Conversation = before is null
            ? new TableTransactionAction(TableTransactionActionType.Add, row)
            : new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, before.ETag);
        Recent = new TableTransactionAction(TableTransactionActionType.UpsertReplace, recent);
        List<TableEntity> rows = [row, recent, .. timelineRows];
        // Only a damaged row has no last item.
        if (before is { State.LastItem: not null, RecentRowIsMissing: false }
            && ConversationRow.RecentKey(before.State) is var old && old != recent.RowKey)
        {
            var passed = new TableEntity(row.PartitionKey, old);
            removal = new TableTransactionAction(TableTransactionActionType.Delete, passed, ETag.All);
            rows.Add(passed);
        }

        Timeline = [.. timelineRows.Select(entity => new TableTransactionAction(TableTransactionActionType.Add, entity))];
        RowCount = rows.Count;
        Size = rows.Sum(SerializedSize.Of);
    }

    public StoredConversation? Before { get; }

    public ConversationState After { get; }

    /// <summary>Inserts the conversation row, or replaces it if its ETag is still the same.</summary>
    public TableTransactionAction Conversation { get; }

    /// <summary>Writes the conversation's row in the list, and deletes the one at its old place.</summary>
    public IEnumerable<TableTransactionAction> RecentRows => removal is null ? [Recent] : [removal, Recent];

    public IReadOnlyList<TableTransactionAction> Timeline { get; }

    public int RowCount { get; }

    /// <summary>The most bytes that the rows take in a request.</summary>
    public int Size { get; }

    private TableTransactionAction Recent { get; }
}
