namespace BelcoFunctions.ServiceBus;

/// <summary>Checks whether a queue answers. Each peek sends a request to the queue, and takes nothing from it.</summary>
internal sealed class QueuePeek(string queue, ServiceBusClient client)
{
    private ServiceBusReceiver receiver = client.CreateReceiver(queue);

    /// <summary>Throws when the queue does not answer.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var current = receiver;
        try
        {
            // The client ignores its token while it connects.
            await current.PeekMessageAsync(cancellationToken: cancellationToken).WaitAsync(cancellationToken);
        }
        catch (Exception)
        {
            // After its connection has died, a receiver keeps the dead link for about a minute. A new receiver connects at
            // once.
            if (receiver == current) receiver = client.CreateReceiver(queue);
            _ = ServiceBusLink.CloseAsync(current);
            throw;
        }
    }
}
