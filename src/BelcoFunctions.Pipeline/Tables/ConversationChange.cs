using Azure;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>All rows that a change writes to one conversation. They are written together or not at all.</summary>
internal sealed class ConversationChange
{
    private readonly TableTransactionAction? recent;
    private readonly TableTransactionAction? removal;

    /// <param name="before">The conversation in the table; null if it is new.</param>
    /// <param name="after">The state with the events folded in. Without any event, the row becomes a tombstone.</param>
    /// <param name="timelineRows">The rows of the events.</param>
    /// <param name="erasure">What is erased of the conversation from now on; null leaves that as it is.</param>
    /// <param name="reading">Writes or deletes the row of what the API said; null leaves the row as it is.</param>
    public ConversationChange(StoredConversation? before, ConversationState after, IReadOnlyList<TableEntity> timelineRows,
        Erasure? erasure = null, TableTransactionAction? reading = null)
    {
        (Before, After, Erasure) = (before, after, erasure ?? before?.Erasure);
        var row = ConversationRow.ToEntity(after, Erasure);
        Conversation = before is null
            ? new TableTransactionAction(TableTransactionActionType.Add, row)
            : new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, before.ETag);
        List<TableEntity> rows = [row, .. timelineRows];
        if (after.LastItem is not null)
        {
            var entity = ConversationRow.ToRecentEntity(after);
            recent = new TableTransactionAction(TableTransactionActionType.UpsertReplace, entity);
            rows.Add(entity);
        }

        // Only a tombstone and a damaged row have no last item.
        if (before is { State.LastItem: not null, RecentRowIsMissing: false }
            && ConversationRow.RecentKey(before.State) is var old && old != recent?.Entity.RowKey)
        {
            var passed = new TableEntity(row.PartitionKey, old);
            removal = new TableTransactionAction(TableTransactionActionType.Delete, passed, ETag.All);
            rows.Add(passed);
        }

        Timeline = [.. timelineRows.Select(entity => new TableTransactionAction(TableTransactionActionType.Add, entity))];
        if (reading is not null) rows.Add((TableEntity)reading.Entity);
        Reading = reading;
        RowCount = rows.Count;
        Size = rows.Sum(SerializedSize.Count);
    }

    public StoredConversation? Before { get; }

    public ConversationState After { get; }

    public Erasure? Erasure { get; }

    /// <summary>The customers that the events give the conversation. Other changes in the transaction may share them.</summary>
    public IReadOnlyList<StoredCustomer> Customers { get; init; } = [];

    /// <summary>Inserts the conversation row, or replaces it if its ETag is still the same.</summary>
    public TableTransactionAction Conversation { get; }

    /// <summary>Writes the conversation's row in the list, and deletes the one at its old place.</summary>
    public IEnumerable<TableTransactionAction> RecentRows
    {
        get
        {
            if (removal is not null) yield return removal;
            if (recent is not null) yield return recent;
        }
    }

    /// <summary>Writes or deletes the row of what Belco's API said; null if the row stays as it is.</summary>
    public TableTransactionAction? Reading { get; }

    public IReadOnlyList<TableTransactionAction> Timeline { get; }

    /// <summary>Whether the change fits into a transaction of its own.</summary>
    public bool FitsIntoTransaction => RowCount + Customers.Count <= TableLimits.TransactionRows
        && Size + Customers.Sum(customer => customer.Size) <= TableLimits.TransactionBytes;

    /// <summary>The number of rows of this conversation, without the customers' rows.</summary>
    public int RowCount { get; }

    /// <summary>The most bytes that the rows of this conversation take in a request, without the customers' rows.</summary>
    public int Size { get; }
}
