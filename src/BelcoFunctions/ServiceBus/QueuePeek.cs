namespace BelcoFunctions.ServiceBus;

/// <summary>Finds out whether a queue answers. A peek asks the queue each time and takes nothing from it.</summary>
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
            // After a connection that died, a receiver keeps its dead link for about a minute. A new one connects at once.
            if (receiver == current) receiver = client.CreateReceiver(queue);
            _ = ServiceBusLink.CloseAsync(current);
            throw;
        }
    }
}
