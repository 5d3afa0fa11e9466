using System.Text;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Erasing;

namespace BelcoFunctions.Pipeline.Tests.Erasing;

/// <summary>Erases events. Each test has its own table.</summary>
public abstract class ErasingTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private protected const string Shop = EventFactory.ShopId;

    /// <summary>The moment of most erasures: later than most events.</summary>
    private protected static readonly DateTimeOffset Now = EventFactory.Start.AddHours(1);

    private protected static readonly ErasureRequest OneConversation = new ErasureRequest.OfConversation(Shop, "c", Now);

    /// <summary>The empty state of a new run.</summary>
    private protected ErasureLookup Erased() => new(Table.Conversations()) { Remembers = true };

    private protected Task<ErasureReceipt> EraseAsync(ErasureRequest request) =>
        Table.Eraser().EraseAsync(request, progress: null, CancellationToken.None);

    private protected Task<ErasureReceipt> CountAsync(ErasureRequest request) =>
        Table.Eraser().CountAsync(request, Erased(), CancellationToken.None);

    private protected async Task<DeliveryOutcome> KeepAsync(string body) => Assert.Single(
        await Table.UnprojectedStore().KeepAsync([await ReceiveAsync(Encoding.UTF8.GetBytes(body))], CancellationToken.None));

    /// <summary>Keeps an event that could be projected.</summary>
    private protected async Task KeepAsync(QueuedEvent queued) => AssertAll<DeliveryOutcome.Kept>(
        await Table.UnprojectedStore().KeepAsync(
            [queued with { Queue = QueueNames.UnprojectedEvents }], CancellationToken.None));

    /// <summary>Changes a column as another program would, or inserts a row with only this column. Null removes the
    /// column.</summary>
    private protected async Task SetAsync(string rowKey, string column, object? value, string partitionKey = Shop)
    {
        var found = await Table.Client().GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey);
        var row = found.HasValue
            ? found.Value! : new TableEntity(partitionKey, rowKey) { ["SchemaVersion"] = RowValues.SchemaVersion };
        row.Remove(column);
        if (value is not null) row[column] = value;
        await Table.Client().UpsertEntityAsync(row, TableUpdateMode.Replace);
    }

    /// <summary>A message in a conversation of a customer.</summary>
    private protected static QueuedEvent Message(string conversationId, string customerId, int second = 1) => EventFactory.Reply(
        conversationId, second, item => item.Parent!["conversation"]!["customerId"] = customerId).ToQueued();
}
