using System.Text.Json;

namespace BelcoFunctions.Cli.Tests.Serve.Host;

/// <summary>A webhook is posted, projected, and read back through the API.</summary>
[Collection(SharedAzurite.Name)]
public sealed class EndToEndTests(AzuriteFixture azurite) : HostTests(azurite)
{
    [AzuriteTheory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    [InlineData(5), InlineData(6), InlineData(7), InlineData(8), InlineData(9)]
    public async Task The_six_samples_in_any_order_give_the_documented_state(int seed)
    {
        var shopId = $"shuffle-{seed}";
        var names = PayloadFiles.Names.ToArray();
        new Random(seed).Shuffle(names);
        foreach (var name in names) await PostAsync(PayloadFiles.InShop(name, shopId));

        var found = await WaitForConversationAsync(shopId, events: 6);
        Assert.Equal($$"""
            {
              "shopId": "{{shopId}}",
              "conversationId": "sSzxq7tMBFmCY28o8",
              "organizationId": "nM3kTrdCv5JznJHFE",
              "customerId": "YX6HM6Sfbt4GvbvZb",
              "channel": "chat",
              "type": "inbound-message",
              "status": "open",
              "statusAsOf": "2025-06-11T09:18:40.431Z",
              "statusSource": "event",
              "assignedTo": "GKa97c5NNLzcWcHhP",
              "assignedToAsOf": "2025-06-11T09:18:40.431Z",
              "assignedToSource": "snapshot",
              "firstItemId": "rxxtPXZng45rALFjE",
              "createdAt": "2025-06-11T09:15:05.075Z",
              "lastItemId": "yL6nxp66yhYgQ7yfK",
              "lastItemAt": "2025-06-11T09:18:40.431Z",
              "lastClosedAt": "2025-06-11T09:18:13.409Z",
              "firstCustomerMessageAt": "2025-06-11T09:15:05.095Z",
              "firstAgentMessageAt": "2025-06-11T09:15:38.426Z",
              "lastCustomerMessageAt": "2025-06-11T09:15:05.095Z",
              "lastAgentMessageAt": "2025-06-11T09:15:38.426Z",
              "lastMessage": "reactie!",
              "lastMessageAttachments": 0,
              "customerMessages": 1,
              "agentMessages": 1,
              "notes": 1,
              "assignments": 1,
              "closes": 1,
              "reopens": 1,
              "events": 6,
              "firstResponseSeconds": 33.331
            }
            """, Indented(found["conversation"]!));
        Assert.Equal(PayloadFiles.Names, found["timeline"]!.AsArray().Select(entry => (string)entry!["eventName"]!));
        var listed = (await GetAsync($"api/shops/{shopId}/conversations"))["conversations"]!.AsArray();
        Assert.Equal(Indented(found["conversation"]!), Indented(Assert.Single(listed)!));
    }

    [AzuriteTheory]
    [InlineData("conversation.created", "open", "snapshot", "GKa97c5NNLzcWcHhP", "snapshot")]
    [InlineData("conversation.replied", "open", "snapshot", "GKa97c5NNLzcWcHhP", "snapshot")]
    [InlineData("conversation.note.added", "open", "snapshot", "GKa97c5NNLzcWcHhP", "snapshot")]
    [InlineData("conversation.assigned", "open", "snapshot", "hDPhQuae27KmsYREq", "event")]
    [InlineData("conversation.closed", "closed", "event", "GKa97c5NNLzcWcHhP", "snapshot")]
    [InlineData("conversation.reopened", "open", "event", "GKa97c5NNLzcWcHhP", "snapshot")]
    public async Task Each_sample_alone_makes_a_conversation(
        string eventName, string status, string statusSource, string assignedTo, string assignedToSource)
    {
        var shopId = $"alone-{eventName}";
        await PostAsync(PayloadFiles.InShop(eventName, shopId));

        var conversation = (await WaitForConversationAsync(shopId, events: 1))["conversation"]!;
        Assert.Equal((status, statusSource), ((string)conversation["status"]!, (string)conversation["statusSource"]!));
        Assert.Equal(
            (assignedTo, assignedToSource),
            ((string)conversation["assignedTo"]!, (string)conversation["assignedToSource"]!));
    }

    [AzuriteFact]
    public async Task A_webhook_sent_three_times_counts_once()
    {
        var body = PayloadFiles.InShop("conversation.replied", "repeated");
        for (var i = 0; i < 3; i++) await PostAsync(body);
        await PostAsync(PayloadFiles.InShop("conversation.closed", "repeated"));

        var found = await WaitForConversationAsync("repeated", events: 2);
        Assert.Equal(1, (int)found["conversation"]!["agentMessages"]!);
        Assert.Equal(2, found["timeline"]!.AsArray().Count);
    }

    [AzuriteFact]
    public async Task Health_has_a_word_for_each_part() => Assert.Equal(
        "queue: ok\ntable: ok\nsignature: off\n", await Http.GetStringAsync(new Uri("api/health", UriKind.Relative)));

    [AzuriteFact]
    public async Task A_request_for_another_host_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/health");
        request.Headers.Host = "belco.example";
        using var response = await Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private async Task<JsonObject> GetAsync(string path) =>
        JsonNode.Parse(await Http.GetStringAsync(new Uri(path, UriKind.Relative)))!.AsObject();

    private static readonly JsonSerializerOptions IndentedOptions = new() { WriteIndented = true, NewLine = "\n" };

    private static string Indented(JsonNode json) => json.ToJsonString(IndentedOptions);
}
