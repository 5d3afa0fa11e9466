namespace BelcoFunctions.Pipeline.Queueing;

/// <summary>What became of one delivery of a queued event.</summary>
public abstract record DeliveryOutcome
{
    private DeliveryOutcome() { }

    /// <summary>Its rows are written.</summary>
    public sealed record Applied : DeliveryOutcome;

    /// <summary>Its rows had been written before.</summary>
    public sealed record Duplicate : DeliveryOutcome;

    /// <summary>It is not an event, or its body is gone: no later try can do better.</summary>
    public sealed record NeverProjectable(string Reason) : DeliveryOutcome;

    /// <summary>The store is unavailable or busy: nothing the event can be blamed for.</summary>
    public sealed record RetryLater(string Reason) : DeliveryOutcome;

    /// <summary>An unexpected error for this event alone.</summary>
    public sealed record Failed(string Reason) : DeliveryOutcome;
}
