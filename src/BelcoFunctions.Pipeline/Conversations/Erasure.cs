using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Conversations;

/// <summary>Says what was erased of a conversation or of a customer: everything that happened up to a moment. It is kept beside
/// the state, because it is not a result of the events.</summary>
/// <param name="Through">Nothing with this <c>createdAt</c> or an earlier one is kept.</param>
/// <param name="At">When it was erased.</param>
public sealed record Erasure(DateTimeOffset Through, DateTimeOffset At)
{
    /// <summary>Nothing that was received by then is kept either, though its sender's clock dated it later; null if retention
    /// erased.</summary>
    public DateTimeOffset? ReceivedThrough { get; init; }

    /// <summary>Whether rows of the conversation, or events that are in no timeline, may still be there. The eraser deletes
    /// them, and only the eraser takes this mark away.</summary>
    public bool IsUnfinished { get; init; }

    public bool Covers(DateTimeOffset createdAt) => createdAt <= Through;

    public bool Covers(DateTimeOffset createdAt, DateTimeOffset receivedAt) =>
        Covers(createdAt) || receivedAt <= ReceivedThrough;

    /// <summary>The same for an event that cannot be projected. Its moment is the earlier of its date and its receipt. Without a
    /// date that can be true, any erasure covers it.</summary>
    public bool CoversUnprojectable(DateTimeOffset? date, DateTimeOffset receivedAt)
    {
        if (date is not { } said || !EventTime.IsBelievable(said, receivedAt)) return true;
        var moment = said < receivedAt ? said : receivedAt;
        return moment <= Through || moment <= ReceivedThrough;
    }

    /// <summary>The erasure that also reaches an event that was received by then but is dated later. So its <c>createdAt</c>
    /// alone decides when it is sent again. It reaches as far as an event may be ahead that arrives at that moment: one that was
    /// too far ahead when it came may be sent again until then.</summary>
    public Erasure Reaching(DateTimeOffset createdAt, DateTimeOffset receivedAt) =>
        !Covers(createdAt) && ReceivedThrough is { } received && receivedAt <= received
        && EventTime.IsBelievable(createdAt, received)
            ? this with { Through = createdAt } : this;

    /// <summary>The one that reaches as far as both; the first if the second reaches no further.</summary>
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
