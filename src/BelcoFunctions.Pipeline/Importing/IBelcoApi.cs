namespace BelcoFunctions.Pipeline.Importing;

/// <summary>Reads from Belco's API. What the paths are and what the answers mean is decided here in the library; the host signs
/// in, waits, and tries again.</summary>
public interface IBelcoApi
{
    /// <summary>The answer to a GET; null if Belco answers 404.</summary>
    /// <param name="path">The path below the address of the API, with its query and without a leading slash, like
    /// <c>conversations?limit=100&amp;skip=0</c>. Ids in it are escaped.</param>
    /// <param name="cancellationToken">Ends the request, and the waiting before it.</param>
    /// <exception cref="BelcoApiException">There is no usable answer, after all retries.</exception>
    Task<BelcoAnswer?> GetAsync(string path, CancellationToken cancellationToken);
}

/// <summary>An answer of Belco's API.</summary>
/// <param name="Json">A valid JSON document in UTF-8, nested at most 64 levels deep.</param>
/// <param name="ReadAt">The answer shows no older state than that of this moment, to the millisecond: the moment before the
/// request, or the answer's <c>Date</c> if that is earlier.</param>
/// <param name="AnsweredAt">The moment after the answer, to the millisecond, or the answer's <c>Date</c> if that is later. Even
/// if this machine's clock is slow, it is not before an erasure that was asked for earlier.</param>
public sealed record BelcoAnswer(ReadOnlyMemory<byte> Json, DateTimeOffset ReadAt, DateTimeOffset AnsweredAt);
