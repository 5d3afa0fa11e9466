using Azure.Messaging.ServiceBus;

namespace BelcoFunctions.ServiceBusBroker;

/// <summary>A received message in the form in which the Functions host hands it to a worker: 16 bytes of lock token, then the
/// message as AMQP encodes it.</summary>
public static class TriggerData
{
    public static byte[] ToTriggerData(this ServiceBusReceivedMessage message) =>
        [.. Guid.Parse(message.LockToken).ToByteArray(), .. message.GetRawAmqpMessage().ToBytes().ToMemory().Span];
}
