using System.Text.Json.Nodes;
using BelcoFunctions.Generator.Webhooks;

namespace BelcoFunctions.Generator.Tests;

public sealed class WebhookBodyTests
{
    public static TheoryData<string> Names => [.. PayloadFiles.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_sample_is_written_as_it_was_read(string eventName) => Assert.True(JsonNode.DeepEquals(
        PayloadFiles.Parse(eventName), JsonNode.Parse(WebhookBody.Read(PayloadFiles.Read(eventName)).ToUtf8())));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_sample_can_be_changed_into_another_event(string eventName)
    {
        var at = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);
        var ids = new WebhookIds("request", "shop", "conversation", "item");
        var e = WebhookBody.Read(PayloadFiles.Read(eventName)).As(ids, at, at.AddSeconds(1)).ToUtf8().ToEvent();
        Assert.Equal(ids, new WebhookIds(e.RequestId, e.ShopId, e.Conversation.Id, e.Item.Id));
        Assert.Equal((at, at.AddSeconds(1), eventName), (e.Item.CreatedAt, e.Date, e.EventName));
    }
}
