using Azure;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Erasing;

/// <summary>Records what is erased of a customer, and deletes the customer's name.</summary>
internal sealed class CustomerRowEraser(ConversationTable conversations)
{
    private readonly NameTable names = new(conversations);

    /// <summary>Writes the customer's row, unless it already covers the erasure, and deletes the name in the same transaction.
    /// An import writes a name only together with the customer's row, under its ETag. So if it writes one between our reads and
    /// our transaction, the transaction fails and both rows are read again; if it comes later, it sees the erasure. Killed at
    /// any point, both rows are as before, or both are erased.</summary>
    /// <exception cref="StoreUnavailableException">Also if another version of this code wrote the row.</exception>
    public async Task<ErasedCustomerRow> EraseAsync(
        string shopId, string customerId, Erasure erasure, CancellationToken cancellationToken)
    {
        var customer = new StoredCustomer(shopId, customerId);
        while (true)
        {
            await conversations.ReadAsync(customer, cancellationToken);
            if (customer.IsOfAnotherVersion) throw new AnotherVersionException();
            var hasName = await names.HasContactAsync(shopId, customerId, cancellationToken);
            List<TableTransactionAction> actions = [];
            // A damaged row cannot record anything. The name can go without it, because nobody writes one beside such a row.
            if (!customer.IsDamaged && Erasure.Latest(customer.Erasure, erasure) is var latest
                && (hasName || latest != customer.Erasure)) actions.Add(customer.ToAction(latest));
            if (hasName)
            {
                var name = new TableEntity(customer.PartitionKey, TableKeys.Name(NameKind.Contact, customerId));
                actions.Add(new TableTransactionAction(TableTransactionActionType.Delete, name, ETag.All));
            }

            if (actions.Count > 0 && !await TryWriteAsync(actions, cancellationToken)) continue;
            return new ErasedCustomerRow(IsRecorded: !customer.IsDamaged, hasName);
        }
    }

    /// <summary>1 if there is a name to erase that is not counted yet; otherwise 0.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<int> CountNameAsync(
        string shopId, string customerId, ErasureLookup expected, CancellationToken cancellationToken) =>
        await names.HasContactAsync(shopId, customerId, cancellationToken)
        && expected.CountsFirst(TableKeys.Escape(shopId), TableKeys.Name(NameKind.Contact, customerId)) ? 1 : 0;

    /// <summary>False if somebody else wrote one of the rows first. Then nothing is written.</summary>
    private Task<bool> TryWriteAsync(IEnumerable<TableTransactionAction> actions, CancellationToken cancellationToken) =>
        StoreError.Guard(async () =>
        {
            try
            {
                await conversations.Client.SubmitTransactionAsync(actions, cancellationToken);
                return true;
            }
            catch (TableTransactionFailedException exception) when (ConversationTransaction.IsConflict(exception))
            {
                return false;
            }
        }, cancellationToken);
}

/// <summary>What came of erasing a customer's row.</summary>
/// <param name="IsRecorded">False if another program damaged the row, so that it does not record the erasure.</param>
/// <param name="HadName">Whether a name was deleted.</param>
internal readonly record struct ErasedCustomerRow(bool IsRecorded, bool HadName);
