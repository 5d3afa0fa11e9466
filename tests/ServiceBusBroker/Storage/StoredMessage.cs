using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;

namespace BelcoFunctions.ServiceBusBroker.Storage;

/// <summary>One message of a queue. The body stays as it was sent, byte for byte. The sections before it are kept as values,
/// because the broker changes them.</summary>
internal sealed class StoredMessage
{
    private const SectionFlag BeforeBody = SectionFlag.Header | SectionFlag.DeliveryAnnotations
        | SectionFlag.MessageAnnotations | SectionFlag.Properties | SectionFlag.ApplicationProperties;

    private readonly Header header;
    private readonly MessageAnnotations annotations;
    private readonly Properties? properties;
    private readonly ApplicationProperties applicationProperties;
    private readonly ReadOnlyMemory<byte> body;

    private StoredMessage(AmqpMessage sent, ReadOnlyMemory<byte> encoded)
    {
        sent.Deserialize(BeforeBody);
        AmqpDescribed?[] before =
            [sent.Header, sent.DeliveryAnnotations, sent.MessageAnnotations, sent.Properties, sent.ApplicationProperties];
        body = encoded[(int)before.Max(section => section is null ? 0 : section.Offset + section.Length)..];
        header = sent.Header ?? new Header();
        annotations = sent.MessageAnnotations ?? new MessageAnnotations();
        properties = sent.Properties;
        applicationProperties = sent.ApplicationProperties ?? new ApplicationProperties();
    }

    public string? MessageId => properties?.MessageId?.ToString();

    public TimeSpan? TimeToLive => header.Ttl is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;

    public long SequenceNumber { get; set; }

    public DateTimeOffset EnqueuedTime { get; set; }

    public DateTimeOffset ExpiresAt { get; set; } = DateTimeOffset.MaxValue;

    /// <summary>How many deliveries failed.</summary>
    public uint DeliveryCount { get; set; }

    public Guid LockToken { get; set; }

    /// <summary>Null when it is not locked.</summary>
    public DateTimeOffset? LockedUntil { get; set; }

    /// <summary>Throws an <see cref="AmqpException"/> when the bytes are not a message.</summary>
    public static StoredMessage Decode(ReadOnlyMemory<byte> encoded)
    {
        var copy = encoded.ToArray();
        using var sent = AmqpMessage.CreateInputMessage(new BufferListStream([new ArraySegment<byte>(copy)]));
        return new StoredMessage(sent, copy);
    }

    public void SetProperties(IReadOnlyDictionary<string, object?> values)
    {
        foreach (var (name, value) in values) applicationProperties.Map[name] = value;
    }

    public byte[] Encode()
    {
        header.DeliveryCount = DeliveryCount;
        annotations.Map["x-opt-sequence-number"] = SequenceNumber;
        annotations.Map["x-opt-enqueued-time"] = EnqueuedTime.UtcDateTime;
        if (LockedUntil is { } until) annotations.Map["x-opt-locked-until"] = until.UtcDateTime;
        else annotations.Map.TryRemoveValue("x-opt-locked-until", out object _);

        AmqpDescribed?[] sections = [header, annotations, properties, applicationProperties];
        var buffer = new ByteBuffer(new byte[sections.Sum(section => section?.EncodeSize ?? 0)]);
        foreach (var section in sections) section?.Encode(buffer);
        return [.. buffer.Buffer.AsSpan(0, buffer.Length), .. body.Span];
    }
}
