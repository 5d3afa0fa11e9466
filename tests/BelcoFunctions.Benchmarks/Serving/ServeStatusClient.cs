using System.Net.Http.Json;
using BelcoFunctions.Benchmarks.Measuring;
using BelcoFunctions.Local.Status;

namespace BelcoFunctions.Benchmarks.Serving;

/// <summary>Asks a serve what waits in its queues.</summary>
internal sealed class ServeStatusClient(ServerProcess serve) : IDisposable
{
    private const int ShownEvery = 20;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient http = new() { BaseAddress = serve.Webhooks };

    /// <summary>Returns when every event that was acknowledged has been projected, each once.</summary>
    public async Task WaitUntilProjectedAsync(Session session, int acknowledged, CancellationToken cancellationToken)
    {
        using var pace = new PeriodicTimer(Pace);
        for (var look = 0; ; look++)
        {
            var status = await http.GetFromJsonAsync<ServeStatus>(new Uri(ServeStatus.Path, UriKind.Relative), cancellationToken);
            var applied = status!.Counters
                .Where(counter => counter.Counter == "belco.deliveries" && counter.Tags.EndsWith("outcome applied", StringComparison.Ordinal))
                .Sum(counter => counter.Count);
            if (applied >= acknowledged) return;
            if (status.Queues.Sum(queue => queue.Depth) == 0) throw new InvalidOperationException($"Only {applied} of {acknowledged} events were projected.");
            if (look % ShownEvery == 0) session.Show($"{acknowledged - applied:N0} events are still to be projected");
            await pace.WaitForNextTickAsync(cancellationToken);
        }
    }

    public void Dispose() => http.Dispose();
}
