using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using BelcoFunctions.Local.Hosting;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Pipeline.Tables;
using BelcoFunctions.Tests;
using Xunit;

namespace BelcoFunctions.Local.Tests.Hosting;

/// <summary>The door through a socket: every 200 ends in a row, and nothing that arrives is an error of ours. What is answered to
/// what: <see cref="HttpCases"/>.</summary>
[Collection(Azurite.Name)]
public sealed class DoorTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const int MaxBodyBytes = 300_000;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly HttpClient http = new();
    private WatchedHost host = null!;

    public async Task InitializeAsync()
    {
        if (Azurite.ReasonToSkip is not null) return;
        host = await WatchedHost.StartAsync(azurite, new WebhookSettings { MaxBodyBytes = MaxBodyBytes });
        http.BaseAddress = host.Address;
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        if (host is not null) await host.DisposeAsync();
    }

    [AzuriteTheory]
    [InlineData("""{"requestId":"r","eventName":"contact.created"}""")]
    [InlineData("""{"requestId":"r","eventName":"conversation.closed"}""")]
    [InlineData("""{"requestId":"\ud83d","eventName":"call.\ude00/\\#?\u0000"}""")]
    [InlineData("""{"requestId":"r","eventName":"conversation.closed","date":{},"payload":[null]}""")]
    [InlineData("\uFEFF{\"requestId\":\"r\",\"eventName\":\"call.created\",\"\\ud83d\":1}")]
    public async Task What_is_not_projected_is_kept(string body)
    {
        ShouldBeQueued("unprojected-events", await PostAsync(body));
        await FindUnprojectedAsync(Encoding.UTF8.GetBytes(body));
    }

    [AzuriteFact]
    public async Task A_body_may_trickle_in()
    {
        var body = PayloadFiles.InShop("conversation.closed", "trickled");
        ShouldBeQueued("conversation-closed",
            await RawHttp.PostAsync(host.Address, $"Content-Length: {body.Length}\r\n", body.Select(one => new[] { one })));
        await FindProjectedAsync("trickled", PayloadFiles.ConversationId, events: 1);
    }

    [AzuriteFact]
    public async Task A_sender_that_waits_for_leave_gets_it_only_for_a_body_within_the_limit()
    {
        var body = PayloadFiles.InShop("conversation.assigned", "expected");
        using var handler = new SocketsHttpHandler { Expect100ContinueTimeout = Timeout };
        using var patient = new HttpClient(handler) { BaseAddress = host.Address, Timeout = Timeout / 2 };
        using var request = new HttpRequestMessage(HttpMethod.Post, LocalRoutes.Webhook) { Content = new ByteArrayContent(body) };
        request.Headers.ExpectContinue = true;
        using var response = await patient.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await FindProjectedAsync("expected", PayloadFiles.ConversationId, events: 1);

        var refused = await RawHttp.PostAsync(host.Address, $"Expect: 100-continue\r\nContent-Length: {MaxBodyBytes + 1}\r\n");
        refused.ShouldBeProblem(413);
    }

    [AzuriteFact]
    public async Task A_body_at_the_limit_is_projected()
    {
        var sample = PayloadFiles.InShop("conversation.note.added", "limit");
        ShouldBeQueued("conversation-note-added",
            await PostAsync([.. sample, .. Enumerable.Repeat((byte)' ', MaxBodyBytes - sample.Length)]));
        await FindProjectedAsync("limit", PayloadFiles.ConversationId, events: 1);
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
            ShouldBeQueued("conversation-closed", await PostAsync(e.ToUtf8()));
        }

        await FindProjectedAsync(shopId, one, events: 1);
        await FindProjectedAsync(shopId, other, events: 1);
    }

    private Task<RawReply> PostAsync(string body) => PostAsync(Encoding.UTF8.GetBytes(body));

    private Task<RawReply> PostAsync(byte[] body) =>
        RawHttp.PostAsync(host.Address, $"Content-Length: {body.Length}\r\n", body);

    private static void ShouldBeQueued(string queue, RawReply reply)
    {
        Assert.Equal((HttpStatusCode.OK, "application/json"), (reply.Status, reply.ContentType));
        Assert.Equal(queue, (string)JsonNode.Parse(reply.Body)!["queue"]!);
    }

    private async Task FindProjectedAsync(string shopId, string conversationId, int events)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        var path = new Uri($"api/shops/{shopId}/conversations/{Uri.EscapeDataString(conversationId)}", UriKind.Relative);
        while (true)
        {
            timeout.Token.ThrowIfCancellationRequested();
            using var response = await http.GetAsync(path, timeout.Token);
            if (response.StatusCode is HttpStatusCode.NotFound) continue;
            var found = JsonNode.Parse(await response.Content.ReadAsStringAsync(timeout.Token))!;
            if ((int)found["conversation"]!["events"]! < events) continue;
            Assert.Equal((conversationId, events), ((string)found["conversation"]!["conversationId"]!, found["timeline"]!.AsArray().Count));
            return;
        }
    }

    private async Task FindUnprojectedAsync(byte[] body)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        var table = PipelineStorage.FromConnectionString(azurite.ConnectionString).UnprojectedEvents;
        var rowKey = Convert.ToHexString(SHA256.HashData(body));
        while (!await table.QueryAsync<TableEntity>(row => row.RowKey == rowKey, cancellationToken: timeout.Token).AnyAsync(timeout.Token))
        {
            timeout.Token.ThrowIfCancellationRequested();
        }
    }
}
