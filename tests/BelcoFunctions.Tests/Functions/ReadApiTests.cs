namespace BelcoFunctions.Tests.Functions;

public sealed class ReadApiTests : IAsyncDisposable
{
    private readonly TestApp app = new();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_projected_conversation_can_be_read()
    {
        await ProjectAsync("conversation.created");

        var list = await ListAsync("");
        var conversation = await GetAsync(PayloadFiles.ConversationId);

        Assert.Equal(PayloadFiles.ConversationId, (string)Assert.Single(Conversations(list))!["conversationId"]!);
        Assert.Equal("conversation.created", (string)JsonNode.Parse(conversation.Text)!["timeline"]![0]!["eventName"]!);
    }

    [Theory]
    [InlineData("?status=open", 1)]
    [InlineData("?status=closed", 0)]
    public async Task The_parameters_of_the_URL_filter_the_list(string query, int found)
    {
        await ProjectAsync("conversation.reopened");
        Assert.Equal(found, Conversations(await ListAsync(query)).Count);
    }

    [Fact]
    public async Task Health_names_the_part_that_does_not_answer()
    {
        app.UnprojectedEvents.IsUnavailable = true;
        var response = (ResponseDouble)await app.Http.CheckAsync(new RequestDouble([]), CancellationToken.None);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("queue: ok\ntable: unreachable\nsignature: off\n", response.Text);
    }

    private async Task ProjectAsync(string eventName)
    {
        var message = ServiceBusModelFactory.ServiceBusReceivedMessage(new BinaryData(PayloadFiles.Read(eventName)));
        await app.Settler.HandleAsync(QueueNames.For(eventName), [message], app.Actions, CancellationToken.None);
    }

    private async Task<ResponseDouble> ListAsync(string query) =>
        (ResponseDouble)await app.Http.ListAsync(new RequestDouble([], query), PayloadFiles.ShopId, CancellationToken.None);

    private async Task<ResponseDouble> GetAsync(string conversationId) => (ResponseDouble)
        await app.Http.GetAsync(new RequestDouble([]), PayloadFiles.ShopId, conversationId, CancellationToken.None);

    private static JsonArray Conversations(ResponseDouble response) => JsonNode.Parse(response.Text)!["conversations"]!.AsArray();
}
