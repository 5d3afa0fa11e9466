namespace BelcoFunctions.ServiceBus;

/// <summary>Closes senders and receivers.</summary>
internal static class ServiceBusLink
{
    /// <summary>Closes a link, and does not throw. A closing receiver waits for an answer from the queue, and throws if none
    /// comes (azure-sdk-for-net #45477). By then, the work is already done.</summary>
    public static async Task CloseAsync(IAsyncDisposable link)
    {
        try { await link.DisposeAsync(); }
        catch (Exception) { /* The link is of no use any more, whether or not the queue knows. */ }
    }
}
