using Azure;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>A conversation as the table has it, and the version of its row.</summary>
public sealed record StoredConversation(ConversationState State, ETag ETag)
{
    /// <summary>Whether somebody removed the row of the list that the state stands at. It is looked for only when it is moved.</summary>
    public bool RecentRowIsMissing { get; init; }
}

/// <summary>All rows that some events of one conversation write: they are written together or not at all.</summary>
internal sealed class ConversationChange
{
    private readonly TableTransactionAction? removal;

    /// <param name="before">What the table has; null for a conversation not seen before.</param>
    /// <param name="after">The state with the events folded in.</param>
    /// <param name="timelineRows">The events' rows.</param>
    public ConversationChange(StoredConversation? before, ConversationState after, IReadOnlyList<TableEntity> timelineRows)
    {
        (Before, After) = (before, after);
        var (row, recent) = (ConversationRow.ToEntity(after), ConversationRow.ToRecentEntity(after));
        Conversation = before is null
            ? new TableTransactionAction(TableTransactionActionType.Add, row)
            : new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, before.ETag);
        Recent = new TableTransactionAction(TableTransactionActionType.UpsertReplace, recent);
        List<TableEntity> rows = [row, recent, .. timelineRows];
        // Only a damaged row tells no last item.
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

    /// <summary>Inserts the conversation row, or replaces it under its ETag.</summary>
    public TableTransactionAction Conversation { get; }

    /// <summary>Writes the row of the list, and removes the one it had before.</summary>
    public IEnumerable<TableTransactionAction> RecentRows => removal is null ? [Recent] : [removal, Recent];

    public IReadOnlyList<TableTransactionAction> Timeline { get; }

    public int RowCount { get; }

    /// <summary>Bytes as serialized, at most.</summary>
    public int Size { get; }

    private TableTransactionAction Recent { get; }
}
