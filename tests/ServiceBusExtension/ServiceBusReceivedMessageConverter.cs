using Azure.Core.Amqp;
using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Azure.Functions.Worker.Core;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Reads a batch from the host. Each message is the 16 bytes of its lock token, followed by the AMQP encoding of the
/// message.</summary>
[SupportsDeferredBinding]
[SupportedTargetType(typeof(ServiceBusReceivedMessage[]))]
internal sealed class ServiceBusReceivedMessageConverter : IInputConverter
{
    private const int LockTokenBytes = 16;

    public ValueTask<ConversionResult> ConvertAsync(ConverterContext context) => new(
        context.Source is CollectionModelBindingData batch
            ? ConversionResult.Success(batch.ModelBindingData.Select(Read).ToArray())
            : ConversionResult.Unhandled());

    private static ServiceBusReceivedMessage Read(ModelBindingData data)
    {
        var bytes = data.Content.ToMemory();
        return ServiceBusReceivedMessage.FromAmqpMessage(
            AmqpAnnotatedMessage.FromBytes(new BinaryData(bytes[LockTokenBytes..])), new BinaryData(bytes[..LockTokenBytes]));
    }
}
