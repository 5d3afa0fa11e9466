using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Conversations;

/// <summary>What was erased of a conversation or a customer: everything that happened up to a moment. It is stored beside the
/// state, because it does not follow from the events.</summary>
/// <param name="Through">Events with this <c>createdAt</c> or an earlier one are erased.</param>
/// <param name="At">When it was erased.</param>
public sealed record Erasure(DateTimeOffset Through, DateTimeOffset At)
{
    /// <summary>Events that were received up to this moment are erased too, even if the sender's clock dated them later. Null
    /// if retention erased.</summary>
    public DateTimeOffset? ReceivedThrough { get; init; }

    /// <summary>True while rows of the conversation, or stray events (in no timeline), may still exist. The eraser deletes
    /// them, and only the eraser removes this mark.</summary>
    public bool IsUnfinished { get; init; }

    public bool Covers(DateTimeOffset createdAt) => createdAt <= Through;

    public bool Covers(DateTimeOffset createdAt, DateTimeOffset receivedAt) =>
        Covers(createdAt) || receivedAt <= ReceivedThrough;

    /// <summary>Whether the erasure covers an event that cannot be projected. The moment of the event is its date or its
    /// receipt, whichever is earlier. Any erasure covers an event without a believable date.</summary>
    public bool CoversUnprojectable(DateTimeOffset? date, DateTimeOffset receivedAt)
    {
        if (date is not { } said || !EventTime.IsBelievable(said, receivedAt)) return true;
        var moment = said < receivedAt ? said : receivedAt;
        return moment <= Through || moment <= ReceivedThrough;
    }

    /// <summary>Extends the erasure to an event that was received up to <see cref="ReceivedThrough"/> but has a later date.
    /// If that event is sent again, its <c>createdAt</c> alone then shows that it is erased. An event more than
    /// <see cref="EventTime.MaxAhead"/> after <see cref="ReceivedThrough"/> is not covered: it may be sent again later, when
    /// it is believable.</summary>
    public Erasure Reaching(DateTimeOffset createdAt, DateTimeOffset receivedAt) =>
        !Covers(createdAt) && ReceivedThrough is { } received && receivedAt <= received
        && EventTime.IsBelievable(createdAt, received)
            ? this with { Through = createdAt } : this;

    /// <summary>One erasure that covers everything that the first or the second covers. It is the first itself if the second
    /// adds nothing.</summary>
    public static Erasure? Latest(Erasure? first, Erasure? second)
    {
        if (first is null || second is null) return first ?? second;
        var through = second.Through > first.Through ? second.Through : first.Through;
        var received = first.ReceivedThrough is null || second.ReceivedThrough > first.ReceivedThrough
            ? second.ReceivedThrough : first.ReceivedThrough;
        return through == first.Through && received == first.ReceivedThrough
            ? first : second with { Through = through, ReceivedThrough = received };
    }
}
