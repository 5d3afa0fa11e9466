using BelcoFunctions.Cli.Tests.Commands.Server;
using BelcoFunctions.Pipeline.Projecting;

namespace BelcoFunctions.Cli.Tests.Commands.Unprojected;

public sealed class ReplayCommandTests(RunningServe serve) : IClassFixture<RunningServe>
{
    private const string ShopId = "replay";

    [AzuriteFact]
    public async Task Events_that_can_be_projected_now_are_projected_once_and_the_rest_stays()
    {
        await KeepAsync(PayloadFiles.InShop("conversation.replied", ShopId), "It is more than 24 hours ahead.");
        var contact = """{"requestId":"request","eventName":"contact.created"}"""u8.ToArray();
        await KeepAsync(contact, "There is no projection for it.");

        Assert.Contains("24 hours ahead", await serve.RunAsync("unprojected"), StringComparison.Ordinal);
        var kept = await serve.ListAsync("unprojected");
        Assert.Equal(["contact.created", "conversation.replied"], kept.Select(e => (string)e["eventName"]!).Order());
        Assert.Equal([null, ShopId], kept.Select(e => (string?)e["shopId"]).Order());

        var preview = await serve.RunAsync("replay", "--dry-run");
        Assert.Contains("would not project it: events of this name are not projected.", preview, StringComparison.Ordinal);
        Assert.Equal("1 event would be projected. Nothing was changed.", RunningServe.LastLine(preview));
        Assert.Equal([("contact.created", false), ("conversation.replied", true)],
            (await serve.ListAsync("replay", "--dry-run")).Select(row => ((string)row["eventName"]!, (bool)row["projectable"]!)));
        Assert.Equal(2, (await serve.ListAsync("unprojected")).Length);

        Assert.Equal("1 projected, 1 still unprojected, 0 to try again.", RunningServe.LastLine(await serve.RunAsync("replay")));

        var found = await serve.WaitForConversationAsync(ShopId, events: 1);
        Assert.Equal("2026-01-01T12:00:00.000Z", (string)found["timeline"]![0]!["receivedAt"]!);
        Assert.Equal("0 projected, 1 still unprojected, 0 to try again.", RunningServe.LastLine(await serve.RunAsync("replay")));
        Assert.Equal("contact.created", (string)Assert.Single(await serve.ListAsync("unprojected"))["eventName"]!);
    }

    [AzuriteFact]
    public async Task An_event_that_was_projected_in_the_meantime_is_not_projected_again()
    {
        const string shopId = "replay-again";
        await serve.ProjectAsync("conversation.closed", shopId);
        await KeepAsync(PayloadFiles.InShop("conversation.closed", shopId), "It was not understood then.");

        Assert.StartsWith("1 projected", RunningServe.LastLine(await serve.RunAsync("replay")), StringComparison.Ordinal);

        var found = await serve.WaitForConversationAsync(shopId, events: 1);
        Assert.Single(found["timeline"]!.AsArray());
    }

    [AzuriteFact]
    public async Task No_more_events_are_projected_than_the_limit()
    {
        foreach (var number in Enumerable.Range(0, 3))
        {
            await KeepAsync(PayloadFiles.InShop("conversation.replied", $"replay-limit-{number}"), "It was not understood then.");
        }

        Assert.StartsWith("2 projected", await serve.RunAsync("replay", "--limit", "2"), StringComparison.Ordinal);
        var rest = JsonNode.Parse(await serve.RunAsync("replay", "--limit", "2", "--format", "json"))!;
        Assert.Equal((1, 0), ((int)rest["projected"]!, (int)rest["remaining"]!));
    }

    private async Task KeepAsync(byte[] body, string reason)
    {
        var payloads = new PayloadReader(new BlobPayloadStore(serve.Storage.Payloads));
        var store = new UnprojectedEventStore(serve.Storage, payloads, TimeProvider.System);
        var outcomes = await store.KeepAsync([new QueuedEvent
        {
            Queue = QueueNames.UnprojectedEvents,
            EventName = "event",
            RequestId = "request",
            ReceivedAt = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero),
            Reason = reason,
            Body = body,
        }], CancellationToken.None);
        Assert.Equal([new DeliveryOutcome.Kept()], outcomes);
    }
}
