using System.Net.Http.Json;
using BelcoFunctions.Cli.Serve.Queue;

namespace BelcoFunctions.Cli.Serve.Host;

/// <summary>The queues and counters of a running <c>belco serve</c>.</summary>
internal sealed record ServeStatus(IReadOnlyList<QueueStatistics> Queues, IReadOnlyList<CounterTotal> Counters)
{
    /// <summary>Not under <c>/api</c>: the Functions app has no such route.</summary>
    public const string Path = "/local/status";

    /// <summary>How many events wait, in all queues.</summary>
    public int TotalDepth() => Queues.Sum(queue => queue.Depth);

    public static async Task<ServeStatus> FetchAsync(HttpClient http, CancellationToken cancellationToken) =>
        (await http.GetFromJsonAsync<ServeStatus>(new Uri(Path, UriKind.Relative), cancellationToken))!;
}
