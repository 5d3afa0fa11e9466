using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Queueing;

/// <summary>An event that its queue gave up on.</summary>
/// <param name="Id">Its number, which it keeps when it is redriven.</param>
/// <param name="Queue">The queue it was in.</param>
/// <param name="EventName">Belco's name of the event, like <c>conversation.replied</c>.</param>
/// <param name="RequestId">Belco's id of the webhook.</param>
/// <param name="ReceivedAt">When the webhook was received.</param>
/// <param name="DeadLetteredAt">When it became a dead letter.</param>
/// <param name="Tries">How often it was delivered until then.</param>
/// <param name="Reason">The kind of reason, like <c>Failed</c>.</param>
/// <param name="Description">Why, in a sentence.</param>
public sealed record DeadLetter(
    long Id, string Queue, string EventName, string RequestId, DateTimeOffset ReceivedAt, DateTimeOffset DeadLetteredAt,
    int Tries, string Reason, string Description)
{
    /// <summary>The event's identity; null if its body cannot be read as an event, or was not read.</summary>
    public ItemIdentity? Identity { get; init; }

    /// <summary>Whether its body is a blob, which a list does not read.</summary>
    public bool IsInBlob { get; init; }
}

/// <summary>The dead letters of a queue that have the same reason.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Reason">The kind of reason.</param>
/// <param name="Count">How many there are.</param>
/// <param name="OldestAt">When the oldest became a dead letter.</param>
/// <param name="Newest">The newest.</param>
/// <param name="NewestDescription">Why the newest became a dead letter, in a sentence.</param>
public sealed record DeadLetterGroup(
    string Queue, string Reason, int Count, DateTimeOffset OldestAt, DeadLetterPosition Newest, string NewestDescription);

/// <summary>A page of dead letters.</summary>
/// <param name="Letters">The oldest first.</param>
/// <param name="Next">The next page begins after this dead letter; null on the last page.</param>
public sealed record DeadLetterList(IReadOnlyList<DeadLetter> Letters, DeadLetterPosition? Next);
