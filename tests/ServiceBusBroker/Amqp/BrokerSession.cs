using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;

namespace BelcoFunctions.ServiceBusBroker.Amqp;

/// <summary>A session that does not deliver while it reads credit: otherwise a message could follow the answer to a drain, and
/// the client would close the link without it.</summary>
internal sealed class BrokerSession(
    AmqpConnection connection, AmqpSessionSettings settings, ILinkFactory links, BrokerFaults faults)
    : AmqpSession(connection, settings, links)
{
    public Lock FlowLock { get; } = new();

    protected override void OnReceiveFlow(Flow flow)
    {
        if (faults.IgnoresDrain) flow.Drain = false;
        lock (FlowLock) base.OnReceiveFlow(flow);
    }
}
