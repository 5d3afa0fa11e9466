using System.Net;

namespace BelcoFunctions.Benchmarks.Serving;

/// <summary>Posts webhooks over several connections, one after another on each.</summary>
internal static class LoadClient
{
    /// <summary>Prepares signed requests.</summary>
    /// <param name="first">The number of the first event.</param>
    /// <param name="count">How many.</param>
    public static byte[][] Requests(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(number => WebhookConnection.Request(Conversations.TenAtATime.Body(number)))];

    /// <summary>Posts all requests, and measures how long each waited for its answer.</summary>
    public static async Task<LoadResult> PostAsync(
        IPEndPoint server, byte[][] requests, int connections, CancellationToken cancellationToken)
    {
        var (waits, next) = (new TimeSpan[requests.Length], -1);
        var opened = await Task.WhenAll(
            Enumerable.Range(0, connections).Select(_ => WebhookConnection.OpenAsync(server, cancellationToken)));
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(opened.Select(connection => Task.Run(() => PostAsync(connection), cancellationToken)));
        var elapsed = Stopwatch.GetElapsedTime(started);
        foreach (var connection in opened) connection.Dispose();
        return new LoadResult(elapsed, waits);

        async Task PostAsync(WebhookConnection connection)
        {
            for (int index; (index = Interlocked.Increment(ref next)) < requests.Length;)
            {
                var sent = Stopwatch.GetTimestamp();
                await connection.PostAsync(requests[index], cancellationToken);
                waits[index] = Stopwatch.GetElapsedTime(sent);
            }
        }
    }
}

/// <param name="Elapsed">From the first request to the last answer.</param>
/// <param name="Waits">The wait of each request.</param>
internal sealed record LoadResult(TimeSpan Elapsed, IReadOnlyList<TimeSpan> Waits)
{
    public double PerSecond => Waits.Count / Elapsed.TotalSeconds;

    public double Milliseconds(double share) => Waits.Milliseconds(share);
}

internal static class Quantiles
{
    /// <summary>The time that the given share of the requests does not exceed.</summary>
    public static double Milliseconds(this IReadOnlyList<TimeSpan> times, double share) =>
        times.Order().ElementAt((int)(share * (times.Count - 1))).TotalMilliseconds;
}
