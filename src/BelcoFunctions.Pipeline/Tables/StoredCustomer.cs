using Azure;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>A customer's row. Each transaction that gives a conversation this customer also writes this row under its ETag. So
/// such a transaction fails if the customer was erased after the row was read. All changes of a shop that are written together
/// share this object, because a row may be in a transaction only once.</summary>
internal sealed class StoredCustomer(string shopId, string customerId)
{
    private ETag? etag;

    public string PartitionKey { get; } = TableKeys.Escape(shopId);

    public string RowKey { get; } = TableKeys.Customer(customerId);

    /// <summary>Whether the row must be read before the next change.</summary>
    public bool IsStale { get; private set; } = true;

    /// <summary>True if another version of this code wrote the row. Then nothing that depends on the row may be
    /// written.</summary>
    public bool IsOfAnotherVersion { get; private set; }

    /// <summary>True if another program damaged the row, so that we cannot know what was erased of the customer. Then nothing
    /// that depends on the row may be written.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>What was erased of the customer; null if nothing was.</summary>
    public Erasure? Erasure { get; private set; }

    /// <summary>The most bytes that the row takes in a request.</summary>
    public int Size => SerializedSize.Count(ToEntity(erasure: null));

    /// <summary>Inserts the row, or merges it if its ETag is still the same.</summary>
    /// <param name="erasure">What is erased from now on; null leaves that as it is.</param>
    public TableTransactionAction ToAction(Erasure? erasure = null) => etag is { } known
        ? new TableTransactionAction(TableTransactionActionType.UpdateMerge, ToEntity(erasure), known)
        : new TableTransactionAction(TableTransactionActionType.Add, ToEntity(erasure));

    /// <summary>The row with what is erased, to insert or to merge.</summary>
    public TableEntity ToEntity(Erasure? erasure)
    {
        var row = new TableEntity(PartitionKey, RowKey);
        ErasureColumns.Set(row, erasure);
        row.Set(Column.SchemaVersion, RowValues.SchemaVersion);
        return row;
    }

    /// <param name="row">The row as it was read; null if there is none.</param>
    public void WasRead(TableEntity? row)
    {
        (etag, IsStale, IsDamaged, IsOfAnotherVersion, Erasure) = (row?.ETag, false, false, false, null);
        if (row is null) return;
        try
        {
            IsOfAnotherVersion = DamagedRowException.Guard(row, RowValues.IsOfAnotherVersion);
            if (!IsOfAnotherVersion) Erasure = DamagedRowException.Guard(row, ErasureColumns.Get);
        }
        catch (DamagedRowException)
        {
            IsDamaged = true;
        }
    }

    /// <summary>This process wrote the row. No other writer came between the read and this write.</summary>
    public void WasWritten(ETag written) => (etag, IsStale) = (written, written == default);

    public void Forget() => IsStale = true;
}
