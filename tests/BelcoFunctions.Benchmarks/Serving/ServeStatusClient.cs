using System.Net.Http.Json;
using BelcoFunctions.Benchmarks.Measuring;
using BelcoFunctions.Benchmarks.Workload;
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
            var status = await ReadAsync(cancellationToken);
            var applied = Count(status, "belco.deliveries", "outcome applied");
            if (applied >= acknowledged) return;
            if (status.Queues.Sum(queue => queue.Depth) == 0) throw new InvalidOperationException($"Only {applied} of {acknowledged} events were projected.");
            if (look % ShownEvery == 0) session.Show($"{acknowledged - applied:N0} events are still to be projected");
            await pace.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>The requests that the table was asked since the start.</summary>
    public async Task<RequestCounts> ReadTableRequestsAsync(CancellationToken cancellationToken)
    {
        var status = await ReadAsync(cancellationToken);
        return new RequestCounts(
            Count(status, "belco.table.requests", "method POST"), Count(status, "belco.table.requests", "method GET"), Bytes: 0);
    }

    private async Task<ServeStatus> ReadAsync(CancellationToken cancellationToken) =>
        (await http.GetFromJsonAsync<ServeStatus>(new Uri(ServeStatus.Path, UriKind.Relative), cancellationToken))!;

    private static int Count(ServeStatus status, string counter, string tag) => (int)status.Counters
        .Where(total => total.Counter == counter && total.Tags.Split(", ").Contains(tag)).Sum(total => total.Count);

    public void Dispose() => http.Dispose();
}
