using System.Net.Http.Json;
using BelcoFunctions.Cli.Serve.Host;

namespace BelcoFunctions.Benchmarks.Serving;

/// <summary>Asks a serve for its progress.</summary>
internal sealed class ServeStatusClient(ServerProcess serve) : IDisposable
{
    private const int ShownEvery = 8;

    // Each request makes the queue count all waiting events.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient http = new() { BaseAddress = serve.Webhooks };

    public async Task<ServeProgress> ReadAsync(CancellationToken cancellationToken)
    {
        var status = await http.GetFromJsonAsync<ServeStatus>(new Uri(ServeStatus.Path, UriKind.Relative), cancellationToken);
        return new ServeProgress(
            Count("belco.deliveries", "outcome projected"), status!.Queues.Sum(queue => queue.Depth),
            new RequestCounts(
                Count("belco.table.requests", "method POST"), Count("belco.table.requests", "method GET"), Bytes: 0));

        int Count(string counter, string tag) => (int)status!.Counters
            .Where(total => total.Counter == counter && total.Tags.Split(", ").Contains(tag)).Sum(total => total.Count);
    }

    /// <summary>Returns when this number of events has been projected since the start.</summary>
    public async Task WaitUntilProjectedAsync(Session session, int events, CancellationToken cancellationToken)
    {
        using var pace = new PeriodicTimer(Pace);
        for (var look = 0; ; look++)
        {
            var progress = await ReadAsync(cancellationToken);
            if (progress.Projected >= events) return;
            if (progress.Waiting == 0)
                throw new InvalidOperationException($"Only {progress.Projected} of {events} events were projected.");
            if (look % ShownEvery == 0) session.Show($"{events - progress.Projected:N0} events are still to be projected");
            await pace.WaitForNextTickAsync(cancellationToken);
        }
    }

    public void Dispose() => http.Dispose();
}

/// <summary>What a serve has done since its start.</summary>
/// <param name="Projected">Events that are in rows.</param>
/// <param name="Waiting">Events that are not yet in rows.</param>
/// <param name="TableRequests">The table requests so far.</param>
internal readonly record struct ServeProgress(int Projected, int Waiting, RequestCounts TableRequests);
