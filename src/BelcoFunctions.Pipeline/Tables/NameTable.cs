using Azure;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>Writes and deletes the names of a shop. A contact's name is personal data: it must not come back after the customer
/// was erased.</summary>
internal sealed class NameTable(ConversationTable conversations)
{
    // A name and its customer's row.
    private const int RowsOfContact = 2;
    private const int MaxAttempts = 5;

    private static readonly string[] Columns = [Column.RowKey, Column.ReadAt, Column.SchemaVersion];

    private readonly TableClient table = conversations.Client;

    /// <summary>The names of a kind, without the names themselves.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public IAsyncEnumerable<StoredName> ListAsync(string shopId, NameKind kind, CancellationToken cancellationToken)
    {
        var filter = ConversationTable.Filter(shopId, KeyRange.From(TableKeys.NamePrefix(kind)));
        return StoreError.Guard(
            table.QueryAsync<TableEntity>(filter, select: Columns, cancellationToken: cancellationToken), cancellationToken)
            .Select(StoredName.From);
    }

    /// <summary>Whether there is a row with the name of this contact.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<bool> HasContactAsync(string shopId, string customerId, CancellationToken cancellationToken) =>
        await FindContactAsync(shopId, customerId, cancellationToken) is not null;

    /// <summary>The row with the name of a contact, without the name itself; null if there is none.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public Task<StoredName?> FindContactAsync(string shopId, string customerId, CancellationToken cancellationToken) =>
        StoreError.Guard(async () =>
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(
                TableKeys.Escape(shopId), TableKeys.Name(NameKind.Contact, customerId), Columns, cancellationToken);
            return row.HasValue ? StoredName.From(row.Value!) : null;
        }, cancellationToken);

    /// <summary>Writes names of users or teams.</summary>
    /// <param name="names">Each id once.</param>
    /// <exception cref="StoreUnavailableException"/>
    public async Task WriteStaffAsync(string shopId, IEnumerable<ReadName> names, CancellationToken cancellationToken)
    {
        foreach (var rows in names.Select(name => NameRow.ToEntity(shopId, name)).Chunk(TableLimits.TransactionRows))
        {
            await StoreError.Guard(() => table.SubmitTransactionAsync(
                rows.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)),
                cancellationToken), cancellationToken);
        }
    }

    /// <summary>Writes names of contacts. Each is written in one transaction with its customer's row, under the ETag of that
    /// row. An erasure writes the customer's row too, and deletes the name in the same transaction. So one of the two comes
    /// first: an erasure that comes first is seen here, and an erasure that comes second deletes the name.</summary>
    /// <param name="names">Each id once.</param>
    /// <returns>How many names were written, and how many were not because the customer was erased after they were
    /// read.</returns>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<(int Written, int Erased)> WriteContactsAsync(
        string shopId, IEnumerable<ReadName> names, CancellationToken cancellationToken)
    {
        var (written, erased) = (0, 0);
        List<Contact> remaining = [.. names.Select(name => new Contact(name, new StoredCustomer(shopId, name.Id)))];
        for (var attempt = 0; remaining.Count > 0 && attempt < MaxAttempts; attempt++)
        {
            await conversations.Concurrency.ForEachAsync(remaining, Concurrency.Reads,
                (contact, token) => conversations.ReadAsync(contact.Customer, token), cancellationToken);
            erased += remaining.RemoveAll(contact => contact.IsErased);
            // We cannot know what was erased of these.
            remaining.RemoveAll(contact => contact.Customer.IsDamaged || contact.Customer.IsOfAnotherVersion);
            List<Contact> conflicts = [];
            // After a conflict, write each alone, so that one busy customer does not hold up the others.
            foreach (var contacts in remaining.Chunk(attempt == 0 ? TableLimits.TransactionRows / RowsOfContact : 1))
            {
                if (await CommitAsync(shopId, contacts, cancellationToken)) written += contacts.Length;
                else conflicts.AddRange(contacts);
            }

            remaining = conflicts;
        }

        return (written, erased);
    }

    /// <summary>Deletes a name if it has not changed since it was listed. False if it has.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public Task<bool> DeleteAsync(string shopId, StoredName name, CancellationToken cancellationToken) =>
        StoreError.Guard(async () =>
        {
            try
            {
                var response = await table.DeleteEntityAsync(
                    TableKeys.Escape(shopId), name.RowKey, name.ETag, cancellationToken);
                return response.Status != 404;
            }
            catch (RequestFailedException exception) when (exception.Status is 412)
            {
                return false;
            }
        }, cancellationToken);

    private Task<bool> CommitAsync(string shopId, IReadOnlyList<Contact> contacts, CancellationToken cancellationToken) =>
        StoreError.Guard(async () =>
        {
            try
            {
                await table.SubmitTransactionAsync(contacts.SelectMany(contact => (TableTransactionAction[])
                [
                    contact.Customer.ToAction(),
                    new(TableTransactionActionType.UpsertReplace, NameRow.ToEntity(shopId, contact.Name)),
                ]), cancellationToken);
                return true;
            }
            catch (TableTransactionFailedException exception) when (ConversationTransaction.IsConflict(exception))
            {
                return false;
            }
        }, cancellationToken);

    private sealed record Contact(ReadName Name, StoredCustomer Customer)
    {
        public bool IsErased => Customer.Erasure?.Covers(Name.ReadAt, receivedAt: Name.ReadAt) ?? false;
    }
}

/// <summary>A name's row.</summary>
/// <param name="ReadAt">When the name was read; null if another program damaged the row.</param>
/// <param name="IsOfAnotherVersion">Whether another version of this code wrote it.</param>
internal sealed record StoredName(string RowKey, ETag ETag, DateTimeOffset? ReadAt, bool IsOfAnotherVersion)
{
    public static StoredName From(TableEntity row) => new(
        row.RowKey, row.ETag, row[Column.ReadAt] as DateTimeOffset?,
        row[Column.SchemaVersion] is int version && version != RowValues.SchemaVersion);

    /// <summary>Whether an erasure of the customer covers the name. It covers a name that may have been read at any
    /// moment.</summary>
    public bool IsCovered(Erasure erasure) => ReadAt is not { } readAt || erasure.Covers(readAt, receivedAt: readAt);
}
