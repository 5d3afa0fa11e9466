using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Backups;

/// <summary>Writes the files of a backup to an archive. Writing a file twice gives the same rows.</summary>
internal sealed class RestoreRows(PipelineStorage storage, IPayloadStore payloads)
{
    private readonly Concurrency concurrency = storage.Conversations.Concurrency;

    /// <param name="onRow">Is called for each row.</param>
    /// <exception cref="BackupException">The file has changed since it was checked.</exception>
    /// <exception cref="StoreUnavailableException"/>
    /// <exception cref="StoreRejectedException"/>
    public Task WriteAsync(BackupSource source, PartName name, Action onRow, CancellationToken cancellationToken)
    {
        if (!name.HasRows)
        {
            return concurrency.ForEachAsync(source.ReadPayloadsAsync(name), Concurrency.BodiesAhead,
                (payload, token) => payloads.PutAsync(payload.Content, token), cancellationToken);
        }

        var table = name.Section is BackupSection.UnprojectedEvents
            ? storage.UnprojectedEvents : storage.Conversations.Client;
        var transactions = TransactionsAsync(source.ReadRowsAsync(name));
        return concurrency.ForEachAsync(transactions, Concurrency.RestoredTransactions, async (rows, token) =>
        {
            await StoreError.Guard(() => table.SubmitTransactionAsync(
                rows.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)), token), token);
            foreach (var _ in rows) onRow();
        }, cancellationToken);
    }

    /// <summary>As many rows as an entity-group transaction may have. A file has the rows of a shop together.</summary>
    private static async IAsyncEnumerable<List<TableEntity>> TransactionsAsync(IAsyncEnumerable<TableEntity> rows)
    {
        List<TableEntity> transaction = [];
        var size = 0;
        await foreach (var row in rows)
        {
            var rowSize = SerializedSize.Count(row);
            if (transaction is [var first, ..] && (row.PartitionKey != first.PartitionKey
                || transaction.Count == TableLimits.TransactionRows || size + rowSize > TableLimits.TransactionBytes))
            {
                yield return transaction;
                (transaction, size) = ([], 0);
            }

            transaction.Add(row);
            size += rowSize;
        }

        if (transaction.Count > 0) yield return transaction;
    }
}
