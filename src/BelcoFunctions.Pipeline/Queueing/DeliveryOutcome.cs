namespace BelcoFunctions.Pipeline.Queueing;

/// <summary>The outcome of one delivery of a queued event.</summary>
public abstract record DeliveryOutcome
{
    private DeliveryOutcome() { }

    /// <summary>Its rows were written.</summary>
    public sealed record Projected : DeliveryOutcome;

    /// <summary>It is not projected, and was stored with the reason.</summary>
    public sealed record Kept : DeliveryOutcome;

    /// <summary>Its rows were already there.</summary>
    public sealed record Duplicate : DeliveryOutcome;

    /// <summary>It happened at a moment whose events were erased. Nothing of it is written, and its blob is deleted.</summary>
    public sealed record Erased : DeliveryOutcome;

    /// <summary>It is not an event, or its body is gone: trying again cannot help.</summary>
    public sealed record NeverProjectable(string Reason) : DeliveryOutcome
    {
        internal static NeverProjectable BlobIsMissing(QueuedEvent queued) =>
            new($"The blob {queued.PayloadBlob} that has its body is missing.");
    }

    /// <summary>The store is unavailable or busy. This says nothing about the event.</summary>
    public sealed record RetryLater(string Reason) : DeliveryOutcome;

    /// <summary>An unexpected error for this event alone.</summary>
    public sealed record Failed(string Reason) : DeliveryOutcome;
}
