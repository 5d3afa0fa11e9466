using Azure.Data.Tables;
using BelcoFunctions.Cli.Commands.Conversations;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Pipeline;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console.Testing;

namespace BelcoFunctions.Cli.Tests.Serve.Queue;

/// <summary>The counts of an erasure for events in the queue file, and for conversations whose customer only these events
/// name.</summary>
[Collection(SharedAzurite.Name)]
public sealed class QueueReceiptTests(AzuriteFixture azurite) : QueueTests
{
    private const string Customer = "customer";

    private static readonly DateTimeOffset Received = new(2026, 1, 1, 11, 59, 0, TimeSpan.Zero);

    private const string ShopId = "shop";

    // The tables that the other tests share are large by now. Azurite reads all of a table for each query.
    private PipelineStorage storage = null!;

    [AzuriteFact]
    public async Task Rows_of_a_conversation_are_counted_and_erased_if_only_a_queued_event_names_the_customer()
    {
        await using var services = await OpenAsync();
        await ProjectAsync(services, Event(1, customer: null), Event(2, customer: null));
        await EnqueueAsync(Event(3, Customer));

        var (counted, erased, left) = await EraseAsync(services);

        Assert.Equal(new ErasedFromQueue(1, 0) { Receipt = new ErasureReceipt { Conversations = 1, TimelineRows = 2 } }, counted);
        Assert.Equal(counted, erased);
        Assert.Equal(0, left);
        Assert.Empty(await RowsAsync("timeline_"));
    }

    [AzuriteFact]
    public async Task Earlier_events_of_a_conversation_are_counted_too_if_only_a_later_one_names_the_customer()
    {
        await using var services = await OpenAsync();
        await EnqueueAsync(Event(1, customer: null), Event(2, Customer));

        var (counted, erased, _) = await EraseAsync(services);

        Assert.Equal(new ErasedFromQueue(2, 0), counted);
        Assert.Equal(counted, erased);
    }

    [AzuriteFact]
    public async Task Later_events_that_wait_or_are_dead_letters_stay_and_are_counted()
    {
        await using var services = await OpenAsync();
        await EnqueueAsync(Event(1, Customer));
        await Open.SettleDueAsync(new Settlement.DeadLetter("Failed", "broken"));
        await EnqueueAsync(Event(2, Customer), Event(3, "another"));

        var (counted, erased, _) = await EraseAsync(services, through: Received.AddYears(-1));

        Assert.Equal(new ErasedFromQueue(0, 0) { Receipt = new ErasureReceipt { LaterEvents = 2 } }, counted);
        Assert.Equal(counted, erased);
    }

    [AzuriteFact]
    public async Task An_event_whose_conversation_cannot_be_erased_stays_and_the_command_says_so()
    {
        await using var services = await OpenAsync();
        await ProjectAsync(services, Event(1, customer: null));
        await EnqueueAsync(Event(2, Customer));
        var row = Assert.Single(await RowsAsync("conversation_"));
        row["LastItemVersion"] = 7;
        await storage.Conversations.Client.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
        using var console = new TestConsole();
        using var connection = QueueDatabase.Open(Open.Folder, create: false);
        var run = new ErasureRun(services.GetRequiredService<Eraser>(), services.GetRequiredService<ConversationTable>(),
            services.GetRequiredService<StrayConversations>(), connection, services.GetRequiredService<IPayloadStore>(), console,
            _ => Task.FromResult(true));

        var error = await Assert.ThrowsAsync<CommandException>(() => run.RunAsync(
            new ErasureRequest.OfCustomer(ShopId, Customer, Received), Received, ShopId,
            new ErasureChoices(DryRun: false, Yes: true, ListOutput.Format.Json), CancellationToken.None));

        Assert.StartsWith("1 row could not be erased. ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith($"These rows are damaged, so correct them first: {row.RowKey} in {ShopId}.", error.Message,
            StringComparison.Ordinal);
        Assert.Single(await Open.ReceiveDueIdsAsync());
    }

    private async Task<(ErasedFromQueue Counted, ErasedFromQueue Erased, int Remaining)> EraseAsync(
        ServiceProvider services, DateTimeOffset? through = null)
    {
        var request = new ErasureRequest.OfCustomer(ShopId, Customer, through ?? Received);
        var (eraser, table) = (services.GetRequiredService<Eraser>(), services.GetRequiredService<ConversationTable>());
        using var connection = QueueDatabase.Open(Open.Folder, create: false);
        var expected = new ErasureLookup(table);
        await eraser.CountAsync(request, expected, CancellationToken.None);
        var counted = await Erasing(expected).CountAsync(CancellationToken.None);
        var events = new ErasureLookup(table) { Remembers = true };
        await eraser.EraseAsync(request, events, progress: null, CancellationToken.None);
        events.Forget();
        return (counted, await Erasing(events).EraseAsync(CancellationToken.None), events.Remaining.Count);

        QueueEraser Erasing(ErasureLookup erased) => new(connection, services.GetRequiredService<IPayloadStore>(), erased,
            services.GetRequiredService<StrayConversations>())
        { IsAlone = true };
    }

    private async Task<ServiceProvider> OpenAsync()
    {
        storage = (await TestTable.CreateAsync(azurite)).Storage();
        return new ServiceCollection().AddLogging().AddPipeline(new WebhookSettings(), storage).BuildServiceProvider();
    }

    private static async Task ProjectAsync(ServiceProvider services, params QueuedEvent[] events) => Assert.All(
        await services.GetRequiredService<Projector>().ProjectAsync(events, CancellationToken.None),
        outcome => Assert.IsType<DeliveryOutcome.Projected>(outcome));

    private async Task EnqueueAsync(params QueuedEvent[] events)
    {
        foreach (var e in events) await Open.Queue.EnqueueAsync(e, CancellationToken.None);
    }

    private async Task<List<TableEntity>> RowsAsync(string prefix) => await storage.Conversations.Client
        .QueryAsync<TableEntity>($"PartitionKey eq '{ShopId}'")
        .Where(row => row.RowKey.StartsWith(prefix, StringComparison.Ordinal)).ToListAsync();

    /// <summary>An event of one conversation, with a number instead of its ids.</summary>
    private static QueuedEvent Event(int number, string? customer)
    {
        var e = JsonNode.Parse(PayloadFiles.InShop("conversation.replied", ShopId))!;
        e["requestId"] = $"{number}";
        e["payload"]!["conversation_item"]!["_id"] = $"{number}";
        var conversation = e["payload"]!["conversation"]!.AsObject();
        conversation.Remove("customerId");
        if (customer is not null) conversation["customerId"] = customer;
        if (customer is "another") conversation["_id"] = "another";
        return OpenQueue.Event($"{number}") with { ItemId = $"{number}", PayloadBlob = null, Body = e.ToUtf8() };
    }
}
