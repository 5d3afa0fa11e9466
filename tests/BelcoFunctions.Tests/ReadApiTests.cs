using System.Net;
using System.Text.Json.Nodes;
using BelcoFunctions.Tests.Doubles;
using NSubstitute;

namespace BelcoFunctions.Tests;

public sealed class ReadApiTests : IAsyncDisposable
{
    private readonly TestApp app = new();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task What_is_projected_can_be_read()
    {
        await ProjectAsync("conversation.created");

        var list = await ListAsync("");
        var conversation = await GetAsync(PayloadFiles.ConversationId);

        Assert.Equal((HttpStatusCode.OK, "application/json"), (list.StatusCode, list.Header("Content-Type")));
        Assert.Equal(PayloadFiles.ConversationId, (string)Assert.Single(Conversations(list))!["conversationId"]!);
        Assert.Equal((HttpStatusCode.OK, "application/json"), (conversation.StatusCode, conversation.Header("Content-Type")));
        Assert.Equal("conversation.created", (string)JsonNode.Parse(conversation.Text)!["timeline"]![0]!["eventName"]!);
    }

    [Theory]
    [InlineData("?status=open", 1)]
    [InlineData("?status=closed", 0)]
    [InlineData("?channel=nowhere", 0)]
    [InlineData("?top=1", 1)]
    public async Task The_query_says_which_conversations(string query, int found)
    {
        await ProjectAsync("conversation.reopened");
        Assert.Equal(found, Conversations(await ListAsync(query)).Count);
    }

    [Fact]
    public async Task A_parameter_that_is_wrong_is_refused()
    {
        foreach (var response in new[] { await ListAsync("?top=none"), await GetAsync(PayloadFiles.ConversationId, "?top=none") })
        {
            Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (response.StatusCode, response.Header("Content-Type")));
            Assert.Equal("top is not a whole number from 1 to 500.", (string)JsonNode.Parse(response.Text)!["detail"]!);
        }
    }

    [Fact]
    public async Task An_unknown_conversation_is_not_found() =>
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("unknown")).StatusCode);

    [Fact]
    public async Task Health_says_in_words_what_answers()
    {
        var response = await HealthAsync();
        Assert.Equal((HttpStatusCode.OK, "text/plain; charset=utf-8"), (response.StatusCode, response.Header("Content-Type")));
        Assert.Equal("queue: ok\ntable: ok\nsignature: off\n", response.Text);
    }

    [Fact]
    public async Task Health_says_in_words_what_does_not_answer()
    {
        app.UnprojectedEvents.IsUnavailable = true;
        var response = await HealthAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("queue: ok\ntable: unreachable\nsignature: off\n", response.Text);
    }

    private async Task ProjectAsync(string eventName)
    {
        var message = ServiceBusModelFactory.ServiceBusReceivedMessage(new BinaryData(PayloadFiles.Read(eventName)));
        await app.Settler.HandleAsync(
            QueueNames.For(eventName), [message], Substitute.For<ServiceBusMessageActions>(), CancellationToken.None);
    }

    private async Task<ResponseDouble> ListAsync(string query) =>
        (ResponseDouble)await app.Http.ListAsync(new RequestDouble([], query), PayloadFiles.ShopId, CancellationToken.None);

    private async Task<ResponseDouble> GetAsync(string conversationId, string query = "") => (ResponseDouble)
        await app.Http.GetAsync(new RequestDouble([], query), PayloadFiles.ShopId, conversationId, CancellationToken.None);

    private async Task<ResponseDouble> HealthAsync() =>
        (ResponseDouble)await app.Http.CheckAsync(new RequestDouble([]), CancellationToken.None);

    private static JsonArray Conversations(ResponseDouble response) => JsonNode.Parse(response.Text)!["conversations"]!.AsArray();
}
