using System.Runtime.CompilerServices;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>Overlaps requests whose results are needed in order.</summary>
internal static class ReadAhead
{
    /// <summary>Begins some requests before their results are needed.</summary>
    /// <param name="source">What to request.</param>
    /// <param name="count">How many requests to begin ahead. The same number of results is in memory.</param>
    /// <param name="request">Makes a request.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public static async IAsyncEnumerable<TResult> SelectAheadAsync<T, TResult>(this IAsyncEnumerable<T> source, int count,
        Func<T, CancellationToken, Task<TResult>> request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pending = new Queue<Task<TResult>>();
        try
        {
            await foreach (var item in source.WithCancellation(cancellationToken))
            {
                pending.Enqueue(request(item, stop.Token));
                if (pending.Count > count) yield return await pending.Dequeue();
            }

            while (pending.TryDequeue(out var next)) yield return await next;
        }
        finally
        {
            // The caller got an error or stopped early. No request may outlive the enumeration.
            await stop.CancelAsync();
            await Task.WhenAll(pending.Cast<Task>()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
