using System.Globalization;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.ServiceBus;

/// <summary>A queued event as a Service Bus message: its body is the body of the webhook, byte for byte.</summary>
internal static class EventMessage
{
    public const string FailuresProperty = "failures";

    // Properties come from outside and count against the message's size. Truncating them loses nothing: the body has all of it.
    private const int MaxPropertyLength = 128;

    public static ServiceBusMessage ToMessage(this QueuedEvent queued)
    {
        var message = new ServiceBusMessage(queued.Body)
        {
            MessageId = queued.MessageId,
            Subject = queued.EventName.Truncate(MaxPropertyLength),
            ContentType = "application/json",
        };
        Set("requestId", queued.RequestId);
        Set("receivedAt", queued.ReceivedAt.ToString("O", CultureInfo.InvariantCulture));
        Set("reason", queued.Reason);
        Set("payloadBlob", queued.PayloadBlob);
        Set("traceparent", queued.TraceParent);
        return message;

        void Set(string name, string? value)
        {
            if (value is not null) message.ApplicationProperties[name] = value.Truncate(MaxPropertyLength);
        }
    }

    public static Delivery ToDelivery(this ServiceBusReceivedMessage message, string queue)
    {
        return new Delivery(new QueuedEvent
        {
            Queue = queue,
            Body = Bytes(message),
            EventName = message.Subject ?? "",
            RequestId = Text("requestId") ?? "",
            ReceivedAt = Time("receivedAt") ?? message.EnqueuedTime,
            Reason = Text("reason"),
            PayloadBlob = Text("payloadBlob"),
            TraceParent = Text("traceparent"),
        }, Failures: message.ApplicationProperties.GetValueOrDefault(FailuresProperty) as int? ?? 0);

        string? Text(string name) => message.ApplicationProperties.GetValueOrDefault(name) as string;

        // A message that somebody sent by hand has no such property.
        DateTimeOffset? Time(string name) => DateTimeOffset.TryParse(
            Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
    }

    // A message that somebody sent by hand may have a body that is not bytes. Then it is not an event.
    private static ReadOnlyMemory<byte> Bytes(ServiceBusReceivedMessage message)
    {
        try { return message.Body; } catch (NotSupportedException) { return default; }
    }
}
