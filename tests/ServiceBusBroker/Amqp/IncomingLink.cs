using BelcoFunctions.ServiceBusBroker.Storage;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;

namespace BelcoFunctions.ServiceBusBroker.Amqp;

/// <summary>A link over which a client sends messages to a queue.</summary>
internal sealed class IncomingLink(Broker broker, BrokerQueue queue)
{
    public ReceivingAmqpLink Create(AmqpSession session, AmqpLinkSettings settings)
    {
        settings.MaxMessageSize = (ulong)broker.Options.MaxMessageSize;
        var link = new ReceivingAmqpLink(session, settings);
        link.RegisterMessageListener(message =>
        {
            using (message) link.DisposeDelivery(message, settled: true, Accept(message));
        });
        return link;
    }

    private Outcome Accept(AmqpMessage sent)
    {
        // Copied, because the link reuses its buffers.
        using var stream = sent.ToStream();
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        if (bytes.Length > broker.Options.MaxMessageSize) return BrokerError.MessageTooLarge.ToOutcome();

        StoredMessage[] messages = [.. Split(bytes, sent.MessageFormat).Select(message => StoredMessage.Decode(message))];
        var operation = new BrokerOperation(BrokerOperationKind.Send, queue.Name, messages.FirstOrDefault()?.MessageId);
        broker.Run(operation, queue, () => queue.Store.Add(messages), out var error);
        return error?.ToOutcome() ?? (Outcome)AmqpConstants.AcceptedOutcome;
    }

    // In the batch format, each data section is a message.
    private static IEnumerable<ReadOnlyMemory<byte>> Split(byte[] bytes, uint? format)
    {
        if (format is not AmqpConstants.AmqpBatchedMessageFormat) return [bytes];
        using var batch = AmqpMessage.CreateInputMessage(new BufferListStream([new ArraySegment<byte>(bytes)]));
        return [.. batch.DataBody.Select(data => (ReadOnlyMemory<byte>)(ArraySegment<byte>)data.Value)];
    }
}
