namespace BelcoFunctions.ServiceBus;

/// <summary>Closes senders and receivers.</summary>
internal static class ServiceBusLink
{
    /// <summary>Does not throw. A receiver that closes waits for an answer from the queue, and throws without one
    /// (azure-sdk-for-net #45477), but the work is done by then.</summary>
    public static async Task CloseAsync(IAsyncDisposable link)
    {
        try { await link.DisposeAsync(); }
        catch (Exception) { /* The link is of no use any more, whether or not the queue knows. */ }
    }
}
