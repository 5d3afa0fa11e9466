namespace BelcoFunctions.Tests.ServiceBus;

public sealed class EventMessageTests
{
    private static readonly DateTimeOffset Now = new(2025, 6, 11, 9, 20, 0, 431, TimeSpan.Zero);

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("why", "blob", "00-trace-01")]
    public void A_queued_event_comes_out_as_it_went_in(string? reason, string? payloadBlob, string? traceParent)
    {
        var queued = new QueuedEvent
        {
            Queue = QueueNames.ConversationClosed,
            Body = new byte[] { 0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}' },
            EventName = "conversation.closed",
            RequestId = "request",
            ReceivedAt = Now,
            Reason = reason,
            PayloadBlob = payloadBlob,
            TraceParent = traceParent,
        };

        var delivery = Received(queued.ToMessage()).ToDelivery(QueueNames.ConversationClosed);

        Assert.Equal(queued.Body.ToArray(), delivery.Event.Body.ToArray());
        Assert.Equal(queued with { Body = default }, delivery.Event with { Body = default });
        Assert.Equal(0, delivery.Failures);
    }

    [Fact]
    public void Failures_come_with_the_message()
    {
        var message = Messages.From([], failures: 3);
        Assert.Equal(3, message.ToDelivery(QueueNames.ConversationClosed).Failures);
    }

    [Fact]
    public void A_message_without_properties_was_received_when_it_was_enqueued()
    {
        var message = ServiceBusModelFactory.ServiceBusReceivedMessage(new BinaryData("{}"), enqueuedTime: Now);

        var delivery = message.ToDelivery(QueueNames.ConversationClosed);

        Assert.Equal((QueueNames.ConversationClosed, Now, "", ""),
            (delivery.Event.Queue, delivery.Event.ReceivedAt, delivery.Event.EventName, delivery.Event.RequestId));
        Assert.Equal("{}"u8, delivery.Event.Body.Span);
        Assert.Null(delivery.Event.PayloadBlob ?? delivery.Event.Reason ?? delivery.Event.TraceParent);
    }

    [Fact]
    public void Properties_of_another_type_are_ignored()
    {
        Dictionary<string, object> properties = new() { ["receivedAt"] = "yesterday", ["reason"] = 5, ["failures"] = "many" };
        var message = ServiceBusModelFactory.ServiceBusReceivedMessage(enqueuedTime: Now, properties: properties);

        var delivery = message.ToDelivery(QueueNames.ConversationClosed);

        Assert.Equal((Now, null, 0), (delivery.Event.ReceivedAt, delivery.Event.Reason, delivery.Failures));
    }

    private static ServiceBusReceivedMessage Received(ServiceBusMessage sent) => ServiceBusModelFactory.ServiceBusReceivedMessage(
        sent.Body, sent.MessageId, subject: sent.Subject, contentType: sent.ContentType, properties: sent.ApplicationProperties);
}
