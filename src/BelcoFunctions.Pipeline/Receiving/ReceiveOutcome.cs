namespace BelcoFunctions.Pipeline.Receiving;

/// <summary>The outcome of receiving a webhook.</summary>
public abstract record ReceiveOutcome
{
    private ReceiveOutcome() { }

    /// <summary>The queue has it.</summary>
    public sealed record Queued(string RequestId, string Queue) : ReceiveOutcome;

    /// <summary>Not a Belco event.</summary>
    public sealed record Malformed(string Reason) : ReceiveOutcome;

    /// <summary>The signature is missing or wrong.</summary>
    public sealed record SignatureRejected : ReceiveOutcome;

    /// <summary>The request has no Content-Length.</summary>
    public sealed record LengthRequired : ReceiveOutcome;

    /// <summary>The body is over the limit.</summary>
    public sealed record TooLarge(int MaxBodyBytes) : ReceiveOutcome;

    /// <summary>The queue or the payload store did not accept it.</summary>
    public sealed record Unavailable : ReceiveOutcome;
}
