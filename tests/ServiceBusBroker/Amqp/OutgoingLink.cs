using BelcoFunctions.ServiceBusBroker.Storage;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;

namespace BelcoFunctions.ServiceBusBroker.Amqp;

/// <summary>A link over which a client receives the messages of a queue: delivers while the client gives credit, and settles as
/// the client says. A lock outlives the link.</summary>
internal sealed class OutgoingLink
{
    private readonly Broker broker;
    private readonly BrokerQueue queue;
    private readonly BrokerSession session;
    private readonly SendingAmqpLink link;
    private readonly Signal signal = new();

    public OutgoingLink(Broker broker, BrokerQueue queue, BrokerSession session, AmqpLinkSettings settings)
    {
        (this.broker, this.queue, this.session) = (broker, queue, session);
        link = new SendingAmqpLink(session, settings);
        link.RegisterCreditListener((_, _, _) => signal.Set());
        link.RegisterDispositionListener(Settle);
        queue.Changed += signal.Set;
        link.SafeAddClosed((_, _) =>
        {
            queue.Changed -= signal.Set;
            signal.Complete();
        });
    }

    public SendingAmqpLink Link => link;

    /// <summary>Delivers until the link is closed. Does not throw.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (await signal.WaitAsync())
            {
                while (link.LinkCredit > 0 && !link.IsClosing() && queue.Store.Lock() is { } message) Deliver(message);
            }
        }
        catch (Exception exception)
        {
            broker.Faults.Record(exception);
            link.SafeClose(exception);
        }
    }

    private void Deliver(LockedMessage message)
    {
        var operation = new BrokerOperation(BrokerOperationKind.Deliver, queue.Name, message.MessageId);
        var isSent = broker.Run(operation, queue, () => TrySend(message), out var error);
        if (!isSent) queue.Store.Settle(message.LockToken, new Settlement.Release());
        if (error is { } failure) link.SafeClose(failure.ToException());
    }

    private bool TrySend(LockedMessage message)
    {
        // A message can be sent only once, so each delivery is a new one.
        var amqp = AmqpMessage.CreateOutputMessage(
            new BufferListStream([new ArraySegment<byte>(message.Encoded)]), ownStream: true);
        amqp.DeliveryTag = new ArraySegment<byte>(message.LockToken.ToByteArray());
        try
        {
            lock (session.FlowLock) return link.TrySendDelivery(amqp);
        }
        catch (Exception exception) when (exception is AmqpException or InvalidOperationException or IOException)
        {
            // The connection is dying. The message may be on its way, so it stays locked.
            return true;
        }
    }

    private void Settle(Delivery delivery)
    {
        DeliveryState answer = AmqpConstants.AcceptedOutcome;
        var token = new Guid(delivery.DeliveryTag.AsSpan());
        if (Settlement.From(delivery.State) is { } settlement)
        {
            var operation = new BrokerOperation(settlement.Kind, queue.Name, queue.Store.MessageIdOf(token));
            var hadLock = broker.Run(operation, queue, () => queue.Store.Settle(token, settlement), out var error);
            if (!hadLock) answer = (error ?? BrokerError.LockLost).ToOutcome();
        }
        else
        {
            answer = BrokerError.NotSupported.ToOutcome();
        }

        if (!delivery.Settled && !link.IsClosing()) link.DisposeDelivery(delivery, settled: true, answer);
    }
}
