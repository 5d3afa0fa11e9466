using BelcoFunctions.Pipeline.Queueing;
using Xunit;

namespace BelcoFunctions.Pipeline.Tests.Queueing;

public sealed class QueuedEventTests
{
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
