using System.Collections.Concurrent;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;
using Microsoft.Azure.Amqp.Transport;

namespace BelcoFunctions.ServiceBusBroker.Amqp;

/// <summary>Creates the connections, sessions and links that clients open. If it throws an error for a link, the client gets
/// that error.</summary>
internal sealed class BrokerRuntime(Broker broker) : IRuntimeProvider, IAsyncDisposable
{
    private readonly ConcurrentDictionary<BrokerConnection, bool> connections = [];
    private readonly ConcurrentDictionary<OutgoingLink, Task> deliveries = [];

    public AmqpConnection CreateConnection(TransportBase transport, ProtocolHeader protocolHeader, bool isInitiator,
        AmqpSettings amqpSettings, AmqpConnectionSettings connectionSettings)
    {
        var connection = new BrokerConnection(transport, protocolHeader, amqpSettings, connectionSettings)
        {
            SessionFactory = this,
        };
        connections[connection] = true;
        connection.SafeAddClosed((_, _) => connections.TryRemove(connection, out var _));
        return connection;
    }

    public AmqpSession CreateSession(AmqpConnection connection, AmqpSessionSettings settings) =>
        new BrokerSession(connection, settings, this, broker.Faults);

    public AmqpLink CreateLink(AmqpSession session, AmqpLinkSettings settings)
    {
        var connection = (BrokerConnection)session.Connection;
        var address = (settings.IsReceiver() ? ((Target)settings.Target).Address : ((Source)settings.Source).Address)
            .ToString()!.TrimStart('/');
        if (address == TokenNode.Address)
        {
            return connection.Requests.Create(
                session, settings, request => TokenNode.Answer(request, connection, broker));
        }

        if (!connection.IsAuthorized) throw BrokerError.Unauthorized.ToException();
        var isManagement = address.EndsWith(ManagementNode.Suffix, StringComparison.OrdinalIgnoreCase);
        var queue = broker.Find(isManagement ? address[..^ManagementNode.Suffix.Length] : address)
            ?? throw BrokerError.NotFound.ToException();
        var link = broker.Run(new BrokerOperation(BrokerOperationKind.Open, queue.Name), queue,
            () => isManagement ? connection.Requests.Create(session, settings, new ManagementNode(broker, queue).Answer)
                : settings.IsReceiver() ? Receive(queue, session, settings)
                : Deliver(new OutgoingLink(broker, queue, (BrokerSession)session, settings)), out var error);
        return link ?? throw (error ?? BrokerError.NotSupported).ToException();
    }

    public IAsyncResult BeginOpenLink(AmqpLink link, TimeSpan timeout, AsyncCallback callback, object state)
    {
        var opened = new TaskCompletionSource(state);
        opened.SetResult();
        callback(opened.Task);
        return opened.Task;
    }

    public void EndOpenLink(IAsyncResult result) { }

    /// <summary>Ends all connections and waits for the last delivery.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var connection in connections.Keys) connection.Abort();
        foreach (var outgoing in deliveries.Keys) outgoing.Link.Abort();
        await Task.WhenAll(deliveries.Values);
    }

    private ReceivingAmqpLink? Receive(BrokerQueue queue, AmqpSession session, AmqpLinkSettings settings) =>
        queue.IsDeadLetters ? null : new IncomingLink(broker, queue).Create(session, settings);

    private SendingAmqpLink Deliver(OutgoingLink outgoing)
    {
        deliveries[outgoing] = RunAsync(outgoing);
        return outgoing.Link;
    }

    private async Task RunAsync(OutgoingLink outgoing)
    {
        await Task.Yield();
        await outgoing.RunAsync();
        deliveries.TryRemove(outgoing, out var _);
    }
}
