using System.Security.Cryptography;
using Azure.Data.Tables;

namespace BelcoFunctions.Cli.Tests.Serve.Host;

/// <summary>Every webhook that is answered 200 becomes a row. <see cref="HttpCases"/> lists the answers of all
/// requests.</summary>
[Collection(SharedAzurite.Name)]
public sealed class WebhookEndpointTests(AzuriteFixture azurite) : HostTests(azurite)
{
    private const int MaxBodyBytes = 300_000;

    protected override WebhookSettings Settings => new() { MaxBodyBytes = MaxBodyBytes };

    [AzuriteTheory]
    [InlineData("""{"requestId":"r","eventName":"contact.created"}""")]
    [InlineData("""{"requestId":"r","eventName":"conversation.closed"}""")]
    [InlineData("""{"requestId":"\ud83d","eventName":"call.\ude00/\\#?\u0000"}""")]
    [InlineData("""{"requestId":"r","eventName":"conversation.closed","date":{},"payload":[null]}""")]
    [InlineData("\uFEFF{\"requestId\":\"r\",\"eventName\":\"call.created\",\"\\ud83d\":1}")]
    public async Task An_event_that_cannot_be_projected_is_kept(string body)
    {
        await PostAsync("unprojected-events", Encoding.UTF8.GetBytes(body));
        await WaitForUnprojectedAsync(Encoding.UTF8.GetBytes(body));
    }

    [AzuriteFact]
    public async Task A_body_may_arrive_byte_by_byte()
    {
        var body = PayloadFiles.InShop("conversation.closed", "byte-by-byte");
        ShouldBeQueued("conversation-closed",
            await RawHttp.PostAsync(Address, $"Content-Length: {body.Length}\r\n", body.Select(one => new[] { one })));
        await AssertProjectedAsync("byte-by-byte");
    }

    [AzuriteFact]
    public async Task A_sender_that_expects_100_continue_gets_it_only_for_a_body_within_the_limit()
    {
        var body = PayloadFiles.InShop("conversation.assigned", "expected");
        using var handler = new SocketsHttpHandler { Expect100ContinueTimeout = TestTimeout.Limit };
        using var client = new HttpClient(handler) { BaseAddress = Address, Timeout = TestTimeout.Limit / 2 };
        using var request = new HttpRequestMessage(HttpMethod.Post, ServeRoutes.Webhook) { Content = new ByteArrayContent(body) };
        request.Headers.ExpectContinue = true;
        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await AssertProjectedAsync("expected");

        var refused = await RawHttp.PostAsync(Address, $"Expect: 100-continue\r\nContent-Length: {MaxBodyBytes + 1}\r\n");
        refused.ShouldBeProblem(413);
    }

    [AzuriteFact]
    public async Task A_body_at_the_limit_is_projected()
    {
        var sample = PayloadFiles.InShop("conversation.note.added", "limit");
        await PostAsync("conversation-note-added", [.. sample, .. Enumerable.Repeat((byte)' ', MaxBodyBytes - sample.Length)]);
        await AssertProjectedAsync("limit");
    }

    [AzuriteTheory]
    [InlineData("case", "Ab", "aB")]
    [InlineData("escape", "a_b", "a~5Fb")]
    [InlineData("percent", "a b", "a%20b")]
    [InlineData("prefix", "a", "a_")]
    [InlineData("unicode", "é", "e\u0301")]
    [InlineData("controls", "a\u202E😀", "a\u0001\u007F")]
    [InlineData("hash", "~h0", "#?'\"\\")]
    public async Task Ids_that_look_alike_are_different_conversations(string shopId, string one, string other)
    {
        foreach (var id in new[] { one, other })
        {
            var e = JsonNode.Parse(PayloadFiles.InShop("conversation.closed", shopId))!;
            e["payload"]!["conversation"]!["_id"] = id;
            await PostAsync("conversation-closed", e.ToUtf8());
        }

        await AssertProjectedAsync(shopId, one);
        await AssertProjectedAsync(shopId, other);
    }

    private async Task PostAsync(string queue, byte[] body) =>
        ShouldBeQueued(queue, await RawHttp.PostAsync(Address, $"Content-Length: {body.Length}\r\n", body));

    private static void ShouldBeQueued(string queue, RawReply reply)
    {
        Assert.Equal((HttpStatusCode.OK, "application/json"), (reply.Status, reply.ContentType));
        Assert.Equal(queue, (string)JsonNode.Parse(reply.Body)!["queue"]!);
    }

    private async Task AssertProjectedAsync(string shopId, string conversationId = PayloadFiles.ConversationId)
    {
        var found = await WaitForConversationAsync(shopId, events: 1, conversationId);
        Assert.Equal(conversationId, (string)found["conversation"]!["conversationId"]!);
        Assert.Single(found["timeline"]!.AsArray());
    }

    private async Task WaitForUnprojectedAsync(byte[] body)
    {
        var table = PipelineStorage.FromConnectionString(Storage).UnprojectedEvents;
        var rowKey = Convert.ToHexString(SHA256.HashData(body));
        await TestTimeout.UntilAsync(async cancellationToken => await table
            .QueryAsync<TableEntity>(row => row.RowKey == rowKey, cancellationToken: cancellationToken)
            .AnyAsync(cancellationToken));
    }
}
