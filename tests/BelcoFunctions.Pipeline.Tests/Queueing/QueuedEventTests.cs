using BelcoFunctions.Pipeline.Queueing;
using Xunit;

namespace BelcoFunctions.Pipeline.Tests.Queueing;

public sealed class QueuedEventTests
{
    [Fact]
    public void A_message_id_tells_apart_the_items_of_one_request()
    {
        Assert.Equal("request.item", Event("request", "item").MessageId);
        Assert.NotEqual(Event("request", "item").MessageId, Event("request", "other").MessageId);
    }

    [Fact]
    public void A_message_id_is_never_longer_than_Service_Bus_takes()
    {
        Assert.Equal(128, Event(new string('r', 64), new string('i', 63)).MessageId.Length);
        Assert.Equal(64, Event(new string('r', 64), new string('i', 64)).MessageId.Length);
    }

    [Fact]
    public void Without_an_item_different_bodies_are_different_messages()
    {
        var one = Event("request", null) with { Body = "1"u8.ToArray() };
        var two = Event("request", null) with { Body = "2"u8.ToArray() };
        Assert.NotEqual(one.MessageId, two.MessageId);
        Assert.Equal(one.MessageId, (one with { Body = "1"u8.ToArray() }).MessageId);
    }

    private static QueuedEvent Event(string requestId, string? itemId) => new()
    {
        Queue = QueueNames.ConversationClosed,
        Body = default,
        EventName = "conversation.closed",
        RequestId = requestId,
        ItemId = itemId,
        ReceivedAt = DateTimeOffset.UnixEpoch,
    };
}
