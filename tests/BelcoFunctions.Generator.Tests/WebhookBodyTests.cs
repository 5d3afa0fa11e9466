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
        var identity = new EventIdentity("shop", "conversation", at, "request", "item");
        var e = WebhookBody.Read(PayloadFiles.Read(eventName)).As(identity, at.AddSeconds(1)).ToUtf8().ToEvent();
        Assert.Equal((identity, at.AddSeconds(1), eventName), (e.Identity, e.Date, e.EventName));
    }
}
