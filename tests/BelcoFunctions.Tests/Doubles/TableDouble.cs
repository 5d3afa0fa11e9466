using Azure;
using Azure.Data.Tables;

namespace BelcoFunctions.Tests.Doubles;

/// <summary>A table in memory, with shops for which requests fail.</summary>
internal sealed class TableDouble : TableClient
{
    /// <summary>Every request is answered 503.</summary>
    public const string UnavailableShop = "unavailable";

    /// <summary>Every write is answered 400.</summary>
    public const string RejectedShop = "rejected";

    /// <summary>No request is answered.</summary>
    public const string HangingShop = "hanging";

    private readonly TaskCompletionSource hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock padlock = new();
    private readonly Dictionary<(string Partition, string Row), TableEntity> rows = [];

    /// <summary>Completes when a request hangs.</summary>
    public Task Hanging => hanging.Task;

    public bool IsUnavailable { get; set; }

    /// <summary>No request of any shop is answered.</summary>
    public bool IsHanging { get; set; }

    public IReadOnlyCollection<TableEntity> Rows => rows.Values;

    public override async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
    {
        if (IsHanging || partitionKey is HangingShop)
        {
            hanging.TrySetResult();
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        }

        ThrowIfUnavailable(partitionKey);
        lock (padlock)
        {
            return rows.TryGetValue((partitionKey, rowKey), out var row)
                ? Response.FromValue((T)(ITableEntity)row, null!) : new NoRow<T>();
        }
    }

    public override AsyncPageable<T> QueryAsync<T>(
        string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null,
        CancellationToken cancellationToken = default)
    {
        if (IsHanging) return new NoPage<T>(cancellationToken);

        // PartitionKey eq '…', and perhaps also RowKey gt '…' and RowKey lt '…'
        var values = filter!.Split('\'').Where((_, index) => index % 2 == 1).ToArray();
        ThrowIfUnavailable(values[0]);
        var found = Rows.Where(row => row.PartitionKey == values[0] && (values is not [_, var after, var before]
            || (string.CompareOrdinal(row.RowKey, after) > 0 && string.CompareOrdinal(row.RowKey, before) < 0)));
        return AsyncPageable<T>.FromPages(
            [Page<T>.FromValues([.. found.OrderBy(row => row.RowKey, StringComparer.Ordinal).Cast<T>()], null, null!)]);
    }

    public override Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
    {
        foreach (var action in transactionActions) Write(action.ActionType, (TableEntity)action.Entity);
        return Task.FromResult(Response.FromValue<IReadOnlyList<Response>>([], null!));
    }

    public override Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default)
    {
        Write(TableTransactionActionType.Add, (TableEntity)(ITableEntity)entity);
        return Task.FromResult<Response>(null!);
    }

    private void Write(TableTransactionActionType type, TableEntity row)
    {
        ThrowIfUnavailable(row.PartitionKey);
        if (row.PartitionKey is RejectedShop) throw new RequestFailedException(400, "No.", "InvalidInput", null);
        lock (padlock)
        {
            if (type is TableTransactionActionType.Delete) rows.Remove((row.PartitionKey, row.RowKey));
            else rows[(row.PartitionKey, row.RowKey)] = row;
        }
    }

    private void ThrowIfUnavailable(string partitionKey)
    {
        if (IsUnavailable || partitionKey is UnavailableShop) throw new RequestFailedException(503, "Busy.", "ServerBusy", null);
    }

    private sealed class NoPage<T>(CancellationToken cancellationToken) : AsyncPageable<T> where T : notnull
    {
        public override async IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
        {
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            yield break;
        }
    }

    private sealed class NoRow<T> : NullableResponse<T>
    {
        public override bool HasValue => false;

        public override T Value => throw new InvalidOperationException("There is no row.");

        public override Response GetRawResponse() => null!;
    }
}
