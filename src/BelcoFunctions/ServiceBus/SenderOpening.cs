using Microsoft.Extensions.Hosting;

namespace BelcoFunctions.ServiceBus;

/// <summary>Connects the senders in the background when the app starts, because connecting takes longer than sending. If it
/// fails, the first webhook connects and reports the error.</summary>
internal sealed class SenderOpening(ServiceBusEventQueue queue) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The client ignores its token while it connects.
        try { await queue.OpenAsync(stoppingToken).WaitAsync(stoppingToken); }
        catch (Exception) { /* as the summary says */ }
    }
}
