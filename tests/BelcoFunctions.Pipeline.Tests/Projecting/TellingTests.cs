using System.Text;
using System.Text.Json.Nodes;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Maintenance;
using BelcoFunctions.Pipeline.Projecting;

namespace BelcoFunctions.Pipeline.Tests.Projecting;

/// <summary>An item that several webhooks and Belco's API tell of.</summary>
public sealed class TellingTests(AzuriteFixture azurite) : TableTests(azurite)
{
    [AzuriteFact]
    public async Task Another_webhook_that_tells_the_same_is_a_duplicate()
    {
        await Table.ProjectAsync(Told("first"));
        var before = await RowTextsAsync();

        Assert.Equal([new DeliveryOutcome.Duplicate()], await Table.ProjectAsync(Told("second")));

        Assert.Equal(before, await RowTextsAsync());
        Assert.Empty(await Table.UnprojectedRowsAsync());
    }

    [AzuriteTheory]
    [InlineData("type")]
    [InlineData("body")]
    [InlineData("actor")]
    [InlineData("meta")]
    [InlineData("attachments")]
    public async Task Another_webhook_that_tells_something_else_is_stored_with_the_unprojected_events(string what)
    {
        await Table.ProjectAsync(Told("first"));
        var before = await RowTextsAsync();
        var other = Told("second", item =>
        {
            if (what is "type") item["type"] = "other";
            if (what is "body") item["body"] = "something else";
            if (what is "actor") item["reference"]!["_id"] = "somebody-else";
            if (what is "meta") item["meta"] = new JsonObject { ["status"] = "closed" };
            if (what is "attachments") item["attachments"] = new JsonArray(new JsonObject { ["name"] = "other.jpg" });
        });

        Assert.Equal([new DeliveryOutcome.Kept()], await Table.ProjectAsync(other));
        // Delivered again, it is stored once.
        Assert.Equal([new DeliveryOutcome.Kept()], await Table.ProjectAsync(other));

        Assert.Equal(before, await RowTextsAsync());
        var kept = Assert.Single(await Table.UnprojectedRowsAsync());
        Assert.Equal(other.Body.ToArray(), kept.GetBytes("Raw"));
        Assert.Contains("with other content", kept.GetString("Reason"), StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task A_replay_leaves_a_telling_that_differs_where_it_is()
    {
        await Table.ProjectAsync(Told("first"), Told("second", item => item["body"] = "something else"));
        await Import().WriteAsync(Shop, "c", [Body("x").AsImported(item => item["body"] = "a third text")],
            ImportedItems.ReadAt, reading: null, CancellationToken.None);
        Assert.Equal(2, (await Table.UnprojectedRowsAsync()).Count);

        var replayed = await Table.Replay().ReplayAsync(new(), limit: null, CancellationToken.None).ToListAsync();

        Assert.Equal(2, replayed.Count);
        Assert.All(replayed, each => Assert.Contains("with other content", Assert.IsType<ReplayOutcome.StillUnprojected>(
            each.Outcome).Reason, StringComparison.Ordinal));
        Assert.Equal(2, (await Table.UnprojectedRowsAsync()).Count);
    }

    [AzuriteFact]
    public async Task Tellings_in_one_batch_end_as_in_two()
    {
        Assert.Equal(
            [new DeliveryOutcome.Projected(), new DeliveryOutcome.Duplicate(), new DeliveryOutcome.Kept()],
            await Table.ProjectAsync(Told("first"), Told("second"), Told("third", item => item["body"] = "something else")));

        Assert.Equal(1, Assert.Single(await Table.RowsAsync("conversation_")).GetInt32("Events"));
        Assert.Single(await Table.UnprojectedRowsAsync());
    }

    [AzuriteFact]
    public async Task The_first_message_is_one_item_for_created_and_replied()
    {
        var created = EventFactory.Make(EventNames.ConversationCreated, "c", 1);
        var replied = JsonNode.Parse(created)!;
        (replied["eventName"], replied["requestId"]) = (EventNames.ConversationReplied, "another");

        await Table.ProjectAsync(created.ToQueued());
        Assert.Equal([new DeliveryOutcome.Duplicate()], await Table.ProjectAsync(ToBytes(replied).ToQueued()));

        Assert.Single(await Table.RowsAsync("timeline_"));
    }

    [AzuriteFact]
    public async Task Items_of_different_kinds_or_times_are_different_items()
    {
        var close = EventFactory.Make(EventNames.ConversationClosed, "c", 1);
        var reopen = JsonNode.Parse(close)!;
        reopen["eventName"] = EventNames.ConversationReopened;

        await Table.ProjectAsync(close.ToQueued(), ToBytes(reopen).ToQueued());

        Assert.Equal(2, (await Table.RowsAsync("timeline_")).Count);
    }

    [AzuriteFact]
    public async Task A_large_telling_leaves_a_blob_only_if_it_says_something_else()
    {
        var first = await ReceiveAsync(Large("first", 'x'));
        await Table.ProjectAsync(first);
        Assert.Equal([new DeliveryOutcome.Duplicate()], await Table.ProjectAsync(await ReceiveAsync(Large("second", 'x'))));
        Assert.Equal([first.PayloadBlob!], await BlobsAsync());

        var other = await ReceiveAsync(Large("third", 'y'));
        Assert.Equal([new DeliveryOutcome.Kept()], await Table.ProjectAsync(other));

        Assert.Equal(new[] { first.PayloadBlob, other.PayloadBlob }.Order(), (await BlobsAsync()).Order());
        Assert.Equal(other.PayloadBlob, Assert.Single(await Table.UnprojectedRowsAsync()).GetString("RawBlob"));
    }

    [AzuriteFact]
    public async Task A_telling_that_differs_and_is_erased_is_not_stored()
    {
        await Table.ProjectAsync(Told("first"));
        await Table.Eraser().EraseAsync(new ErasureRequest.OfConversation(
            Shop, "c", EventFactory.Start.AddHours(1)), progress: null, CancellationToken.None);

        Assert.Equal([new DeliveryOutcome.Erased()],
            await Table.ProjectAsync(Told("second", item => item["body"] = "something else")));

        Assert.Empty(await Table.UnprojectedRowsAsync());
    }

    [AzuriteFact]
    public async Task An_imported_item_and_a_webhook_are_one_item_in_either_order()
    {
        var (one, other) = (EventFactory.Reply("c", 1), EventFactory.Reply("c", 2));
        await Table.ProjectAsync(one.ToQueued());

        var imported = await Import().WriteAsync(Shop, "c", [one.AsImported(), other.AsImported()],
            ImportedItems.ReadAt, reading: null, CancellationToken.None);
        Assert.Equal([new DeliveryOutcome.Duplicate(), new DeliveryOutcome.Projected()], imported.Items);
        Assert.Equal([new DeliveryOutcome.Duplicate()], await Table.ProjectAsync(other.ToQueued()));

        Assert.Equal(2, Assert.Single(await Table.RowsAsync("conversation_")).GetInt32("Events"));
        Assert.Empty(await Table.UnprojectedRowsAsync());
        var row = (await Table.RowsAsync("timeline_"))[1];
        Assert.Equal((EventNames.ItemImported, null, null),
            (row.GetString("EventName"), row.GetString("RequestId"), row.GetDateTimeOffset("EventDate")));
        Assert.IsType<RebuildOutcome.Unchanged>(
            await Table.Rebuilder().RebuildAsync(Shop, "c", dryRun: false, CancellationToken.None));
    }

    [AzuriteFact]
    public async Task An_imported_item_that_changed_is_stored_once_however_often_it_is_read()
    {
        var webhook = EventFactory.Reply("c", 1);
        await Table.ProjectAsync(webhook.ToQueued());
        var changed = webhook.AsImported(item => item["body"] = "corrected later");

        for (var run = 0; run < 2; run++)
        {
            var imported = await Import().WriteAsync(
                Shop, "c", [changed], ImportedItems.ReadAt.AddDays(run), reading: null, CancellationToken.None);
            Assert.Equal([new DeliveryOutcome.Kept()], imported.Items);
        }

        Assert.Equal(EventNames.ItemImported, Assert.Single(await Table.UnprojectedRowsAsync()).GetString("EventName"));
    }

    [Fact]
    public void A_webhook_cannot_pretend_to_be_an_imported_item()
    {
        var imported = EventFactory.Reply("c", 1).AsImported();

        Assert.IsType<EventReading<EventRoute>.Malformed>(EventReader.ReadRoute(imported.Raw));
        var named = JsonNode.Parse(imported.Raw.Span)!;
        named["requestId"] = "request";
        Assert.IsType<EventReading<BelcoEvent>.Unprojectable>(EventReader.Read(ToBytes(named)));
    }

    private const string Shop = EventFactory.ShopId;

    private ItemImport Import() => new(Table.Storage(), Table.Payloads, new TimeWithoutWaiting());

    private async Task<List<string>> RowTextsAsync() => [.. (await Table.RowsAsync()).Select(TestTable.ToText)];

    private async Task<List<string>> BlobsAsync() =>
        await Table.Container().GetBlobsAsync().Select(blob => blob.Name).ToListAsync();

    private static byte[] Body(string requestId, Action<JsonObject>? change = null) => EventFactory.Reply("c", 1, item =>
    {
        item.Root["requestId"] = requestId;
        change?.Invoke(item);
    });

    private static QueuedEvent Told(string requestId, Action<JsonObject>? change = null) => Body(requestId, change).ToQueued();

    private static byte[] Large(string requestId, char letter) =>
        Body(requestId, item => item["body"] = new string(letter, 200_000));

    private static byte[] ToBytes(JsonNode body) => Encoding.UTF8.GetBytes(body.ToJsonString());
}
