using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Queueing;

/// <summary>What a queue is to do with a delivery.</summary>
public abstract record Settlement
{
    /// <summary>Unexpected errors after which an event is dead-lettered.</summary>
    public const int MaxFailures = 10;

    // Service Bus refuses a longer description than 4,096 characters, and with it the dead-lettering.
    private const int MaxDescriptionLength = 1_000;

    private Settlement() { }

    /// <summary>Done: remove it.</summary>
    public sealed record Complete : Settlement;

    /// <summary>Keep it aside, for a person to look at.</summary>
    public sealed record DeadLetter(string Reason, string Description) : Settlement;

    /// <summary>Deliver it again after a while, however often; <paramref name="Failures"/> goes with it.</summary>
    public sealed record Abandon(int Failures, string Reason) : Settlement;

    /// <param name="outcome">What became of the delivery.</param>
    /// <param name="failures">The unexpected errors this event met before.</param>
    public static Settlement Of(DeliveryOutcome outcome, int failures) => outcome switch
    {
        DeliveryOutcome.Applied or DeliveryOutcome.Duplicate => new Complete(),
        DeliveryOutcome.NeverProjectable never => new DeadLetter("NeverProjectable", never.Reason.Truncate(MaxDescriptionLength)),
        // An outage of the store must not turn a queue into dead letters.
        DeliveryOutcome.RetryLater later => new Abandon(failures, later.Reason),
        DeliveryOutcome.Failed failed when failures + 1 >= MaxFailures => new DeadLetter("Failed", failed.Reason.Truncate(MaxDescriptionLength)),
        DeliveryOutcome.Failed failed => new Abandon(failures + 1, failed.Reason),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}
