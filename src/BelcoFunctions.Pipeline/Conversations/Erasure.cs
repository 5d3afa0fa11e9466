namespace BelcoFunctions.Pipeline.Conversations;

/// <summary>Says what was erased of a conversation or of a customer: everything that happened up to a moment. It is kept beside
/// the state, because it is not a result of the events.</summary>
/// <param name="Through">Nothing with this <c>createdAt</c> or an earlier one is kept.</param>
/// <param name="At">When it was erased.</param>
public sealed record Erasure(DateTimeOffset Through, DateTimeOffset At)
{
    /// <summary>Whether rows of the conversation, or events that are in no timeline, may still be there. The eraser deletes
    /// them, and only the eraser takes this mark away.</summary>
    public bool IsUnfinished { get; init; }

    public bool Covers(DateTimeOffset createdAt) => createdAt <= Through;

    /// <summary>The one that reaches further; the first if they reach equally far.</summary>
    public static Erasure? Latest(Erasure? first, Erasure? second) =>
        first is null || second?.Through > first.Through ? second : first;
}
