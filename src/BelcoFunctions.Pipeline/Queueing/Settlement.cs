using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Queueing;

/// <summary>How to settle a delivery.</summary>
public abstract record Settlement
{
    /// <summary>The number of unexpected errors after which an event is dead-lettered.</summary>
    public const int MaxFailures = 10;

    // Service Bus takes at most 4,096 characters. With a longer description it would refuse to dead-letter the message.
    private const int MaxDescriptionLength = 1_000;

    private Settlement() { }

    /// <summary>Remove it from the queue.</summary>
    public sealed record Complete : Settlement;

    /// <summary>Move it to the dead letters, for a person to look at.</summary>
    public sealed record DeadLetter(string Reason, string Description) : Settlement;

    /// <summary>Deliver it again later, with a new number of <paramref name="Failures"/>. This may happen any number of
    /// times.</summary>
    public sealed record Abandon(int Failures, string Reason) : Settlement;

    /// <summary>The settlement for an outcome.</summary>
    /// <param name="outcome">The outcome of the delivery.</param>
    /// <param name="failures">How many earlier deliveries of the event ended with an unexpected error.</param>
    public static Settlement From(DeliveryOutcome outcome, int failures) => outcome switch
    {
        DeliveryOutcome.Projected or DeliveryOutcome.Kept or DeliveryOutcome.Duplicate or DeliveryOutcome.Erased =>
            new Complete(),
        DeliveryOutcome.NeverProjectable never => new DeadLetter("NeverProjectable", never.Reason.Truncate(MaxDescriptionLength)),
        // Never a dead letter: an outage of the store must not turn a whole queue into dead letters.
        DeliveryOutcome.RetryLater later => new Abandon(failures, later.Reason),
        DeliveryOutcome.Failed failed when failures + 1 >= MaxFailures =>
            new DeadLetter("Failed", failed.Reason.Truncate(MaxDescriptionLength)),
        DeliveryOutcome.Failed failed => new Abandon(failures + 1, failed.Reason),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}
