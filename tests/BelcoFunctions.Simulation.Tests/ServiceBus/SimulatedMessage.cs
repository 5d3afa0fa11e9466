using System.Collections.Immutable;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Azure.Messaging.ServiceBus;

namespace BelcoFunctions.Simulation.Tests.ServiceBus;

/// <summary>A message in a queue or among its dead letters.</summary>
internal sealed record SimulatedMessage(long SequenceNumber, string Id, string Subject, BinaryData Body, DateTimeOffset Enqueued)
{
    public required ImmutableDictionary<string, object> Properties { get; init; }

    public int Deliveries { get; init; }

    /// <summary>Null while it is not locked.</summary>
    public Guid? Lock { get; init; }

    public string? PayloadBlob => Properties.GetValueOrDefault("payloadBlob") as string;

    public ulong Hash => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"{SequenceNumber} {Id} {Enqueued.UtcTicks} {Deliveries} {Lock} {Properties.GetValueOrDefault("failures")}")));

    public ServiceBusReceivedMessage ToReceived() => ServiceBusModelFactory.ServiceBusReceivedMessage(
        Body, Id, subject: Subject, contentType: "application/json", properties: Properties.ToDictionary(),
        lockTokenGuid: Lock ?? Guid.Empty, deliveryCount: Deliveries, sequenceNumber: SequenceNumber, enqueuedTime: Enqueued);
}
