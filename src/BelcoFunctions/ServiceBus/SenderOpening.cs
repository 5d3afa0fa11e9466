using Microsoft.Extensions.Hosting;

namespace BelcoFunctions.ServiceBus;

/// <summary>Connects the senders in the background when the app starts: this takes longer than sending does. If it fails,
/// the first webhook connects, and reports what is wrong.</summary>
internal sealed class SenderOpening(ServiceBusEventQueue queue) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The client ignores its token while it connects.
        try { await queue.OpenAsync(stoppingToken).WaitAsync(stoppingToken); }
        catch (Exception) { /* as the summary says */ }
    }
}
