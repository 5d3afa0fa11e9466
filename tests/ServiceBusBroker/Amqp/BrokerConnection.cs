using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;
using Microsoft.Azure.Amqp.Transport;

namespace BelcoFunctions.ServiceBusBroker.Amqp;

/// <summary>A client's connection.</summary>
internal sealed class BrokerConnection(
    TransportBase transport, ProtocolHeader header, AmqpSettings settings, AmqpConnectionSettings connectionSettings)
    : AmqpConnection(transport, header, isInitiator: false, settings, connectionSettings)
{
    public RequestLinks Requests { get; } = new();

    /// <summary>Whether the client showed a valid token.</summary>
    public bool IsAuthorized { get; set; }
}
