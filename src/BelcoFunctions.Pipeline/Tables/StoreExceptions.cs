using System.Runtime.CompilerServices;
using Azure;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>The store did not answer, or its answer says nothing about the request. The same request may succeed later.</summary>
public class StoreUnavailableException : Exception
{
    public StoreUnavailableException(Exception inner)
        : base($"The store is unavailable: {StoreError.Describe(inner)}", inner) { }

    private protected StoreUnavailableException(string message)
        : base(message) { }

    /// <summary>Whether the store answered that it is too busy. Fewer requests may help.</summary>
    public bool IsBusy => InnerException is RequestFailedException { Status: 503 };
}

/// <summary>Another version of this code wrote a row: the meaning of its columns is unknown here. The same request succeeds
/// once the versions agree.</summary>
public sealed class AnotherVersionException() : StoreUnavailableException(
    $"Another version of BelcoFunctions wrote a row. {Advice}")
{
    /// <summary>What to do about such a row.</summary>
    public const string Advice = "If that version is newer, upgrade this one. If it is older, export the events with "
        + "that version of belco, and send them to an empty archive with this version.";
}

/// <summary>The store refused the request. It will refuse the same request again.</summary>
public sealed class StoreRejectedException(Exception inner)
    : Exception($"The store rejected the request: {StoreError.Describe(inner)}", inner);

/// <summary>Decides which of the two exceptions an error becomes.</summary>
internal static class StoreError
{
    /// <summary>Runs a request and turns its error into one of the two exceptions. Unless the request itself is clearly
    /// wrong, the store is unavailable: the network, a credential, a missing table, a busy server. An event must not become a
    /// dead letter because of that.</summary>
    public static async Task<T> Guard<T>(Func<Task<T>> request, CancellationToken cancellationToken)
    {
        try
        {
            return await request();
        }
        catch (Exception exception) when (exception is StoreUnavailableException or StoreRejectedException or DamagedRowException)
        {
            throw;
        }
        catch (Exception exception) when (exception is RequestFailedException { Status: 400 or 413 }
            or ArgumentException or NotSupportedException or (InvalidOperationException and not ObjectDisposedException))
        {
            throw new StoreRejectedException(exception);
        }
        // An error that came before the cancellation still counts.
        catch (Exception exception)
            when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw new StoreUnavailableException(exception);
        }
    }

    /// <summary>Requests rows page by page, and turns an error into one of the two exceptions.</summary>
    public static async IAsyncEnumerable<T> Guard<T>(
        IAsyncEnumerable<T> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var reading = rows.GetAsyncEnumerator(cancellationToken);
        while (await Guard(() => reading.MoveNextAsync().AsTask(), cancellationToken)) yield return reading.Current;
    }

    // The error code says enough. A service's message also has request ids and headers.
    public static string Describe(Exception exception) => exception switch
    {
        RequestFailedException { Status: not 0 } failed => $"{failed.Status} {failed.ErrorCode}",
        AggregateException { InnerException: { } inner } => Describe(inner),
        _ => $"{exception.GetType().Name}: {exception.Message}",
    };
}
