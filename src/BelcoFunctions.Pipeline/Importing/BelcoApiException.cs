namespace BelcoFunctions.Pipeline.Importing;

/// <summary>Belco's API gave no usable answer.</summary>
/// <param name="error">What went wrong.</param>
/// <param name="message">A sentence for people. It has no token and no part of a body.</param>
/// <param name="innerException">The cause, if there is one.</param>
public sealed class BelcoApiException(BelcoApiError error, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public BelcoApiError Error => error;
}

/// <summary>Why Belco's API gave no usable answer.</summary>
public enum BelcoApiError
{
    /// <summary>The token is wrong or has expired (401). No other request will succeed either.</summary>
    Refused,

    /// <summary>No answer, or 429 or 5xx, after all retries.</summary>
    Unavailable,

    /// <summary>An answer that cannot be used: not JSON, too large, or another status, such as 403. Other requests may
    /// succeed.</summary>
    Unusable,
}
