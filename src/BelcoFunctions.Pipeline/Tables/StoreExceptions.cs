using System.Runtime.CompilerServices;
using Azure;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>The store did not answer, or not with a verdict on the request: the same request may succeed later.</summary>
public sealed class StoreUnavailableException(Exception inner)
    : Exception($"The store is unavailable: {StoreError.Describe(inner)}", inner);

/// <summary>The store understood the request and will not have it, now or later.</summary>
public sealed class StoreRejectedException(Exception inner)
    : Exception($"The store rejected the request: {StoreError.Describe(inner)}", inner);

/// <summary>Tells the two apart.</summary>
internal static class StoreError
{
    /// <summary>Runs a request and gives its error one of the two names. Whatever is not plainly the request's fault (a network,
    /// a credential, a missing table, a busy server) is an outage: an event must not be dead-lettered for it.</summary>
    public static async Task<T> Guard<T>(Func<Task<T>> request, CancellationToken cancellationToken)
    {
        try
        {
            return await request();
        }
        catch (Exception exception) when (exception is StoreUnavailableException or StoreRejectedException)
        {
            throw;
        }
        catch (Exception exception) when (exception is RequestFailedException { Status: 400 or 413 }
            or ArgumentException or NotSupportedException or (InvalidOperationException and not ObjectDisposedException))
        {
            throw new StoreRejectedException(exception);
        }
        // What the store said before it was cancelled is as much an outage as what it says at leisure.
        catch (Exception exception)
            when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw new StoreUnavailableException(exception);
        }
    }

    /// <summary>The same for rows that are requested page by page.</summary>
    public static async IAsyncEnumerable<T> Guard<T>(
        IAsyncEnumerable<T> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var reading = rows.GetAsyncEnumerator(cancellationToken);
        while (await Guard(() => reading.MoveNextAsync().AsTask(), cancellationToken)) yield return reading.Current;
    }

    // A service's message repeats request ids and headers; its code says the same in a word.
    public static string Describe(Exception exception) => exception switch
    {
        RequestFailedException { Status: not 0 } failed => $"{failed.Status} {failed.ErrorCode}",
        AggregateException { InnerException: { } inner } => Describe(inner),
        _ => $"{exception.GetType().Name}: {exception.Message}",
    };
}
