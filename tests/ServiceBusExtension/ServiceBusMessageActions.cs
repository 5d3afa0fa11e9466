using Azure.Messaging.ServiceBus;
using Google.Protobuf;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;
using Microsoft.Azure.Functions.Worker.Converters;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Settles messages through the host, which has received them.</summary>
[InputConverter(typeof(ServiceBusMessageActionsConverter))]
public class ServiceBusMessageActions
{
    private readonly Settlement.SettlementClient? host;

    /// <summary>For substitutes in tests.</summary>
    protected ServiceBusMessageActions() { }

    internal ServiceBusMessageActions(Settlement.SettlementClient host) => this.host = host;

    public virtual async Task CompleteMessageAsync(
        ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        await host!.CompleteAsync(new() { Locktoken = message.LockToken }, cancellationToken: cancellationToken);

    public virtual async Task AbandonMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null,
        CancellationToken cancellationToken = default) =>
        await host!.AbandonAsync(
            new() { Locktoken = message.LockToken, PropertiesToModify = Encode(propertiesToModify) },
            cancellationToken: cancellationToken);

    public virtual async Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message, Dictionary<string, object>? propertiesToModify = null,
        string? deadLetterReason = null, string? deadLetterErrorDescription = null,
        CancellationToken cancellationToken = default) =>
        await host!.DeadletterAsync(
            new()
            {
                Locktoken = message.LockToken,
                PropertiesToModify = Encode(propertiesToModify),
                DeadletterReason = deadLetterReason,
                DeadletterErrorDescription = deadLetterErrorDescription,
            },
            cancellationToken: cancellationToken);

    private static ByteString Encode(IDictionary<string, object>? properties)
    {
        if (properties is null) return ByteString.Empty;
        var map = new AmqpMap();
        foreach (var (name, value) in properties) map[new MapKey(name)] = value;
        using var buffer = new ByteBuffer(256, autoGrow: true);
        AmqpCodec.EncodeMap(map, buffer);
        return ByteString.CopyFrom(buffer.Buffer, buffer.Offset, buffer.Length);
    }
}

/// <summary>Gives a function the actions.</summary>
internal sealed class ServiceBusMessageActionsConverter(Settlement.SettlementClient host) : IInputConverter
{
    public ValueTask<ConversionResult> ConvertAsync(ConverterContext context) =>
        new(ConversionResult.Success(new ServiceBusMessageActions(host)));
}
