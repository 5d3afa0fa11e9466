namespace BelcoFunctions.Pipeline.Conversations;

/// <summary>What Belco's API said of a conversation: for each field, the latest value and the moment it was read. A field that
/// the API did not name is null and says nothing.</summary>
public sealed record ConversationReading
{
    /// <summary>The most characters to store of a subject: the list of conversations carries it too.</summary>
    public const int MaxSubjectLength = 500;

    public ReadField<string>? Status { get; init; }

    /// <summary>A field without a value means that nobody is assigned.</summary>
    public ReadField<string>? AssignedTo { get; init; }

    public ReadField<string>? OrganizationId { get; init; }
    public ReadField<string>? CustomerId { get; init; }
    public ReadField<string>? Channel { get; init; }
    public ReadField<string>? Type { get; init; }
    public ReadField<string>? FirstItemId { get; init; }
    public ReadField<DateTimeOffset?>? CreatedAt { get; init; }

    /// <summary>Only the API names it. At most <see cref="MaxSubjectLength"/> characters.</summary>
    public ReadField<string>? Subject { get; init; }

    /// <summary>What may be stored of this, beside items that are not erased: no subject if something of the conversation may be
    /// erased. A conversation that began after the erasure, as one that an erased customer begins later, keeps it.</summary>
    public ConversationReading Remaining(Erasure? erasure) =>
        erasure is null || CreatedAt?.Value > erasure.Through ? this : this with { Subject = null };

    /// <summary>The two readings as one: of each field, the later value.</summary>
    public static ConversationReading Merge(ConversationReading? first, ConversationReading second) =>
        first is null ? second : new()
        {
            Status = Later(first.Status, second.Status),
            AssignedTo = Later(first.AssignedTo, second.AssignedTo),
            OrganizationId = Later(first.OrganizationId, second.OrganizationId),
            CustomerId = Later(first.CustomerId, second.CustomerId),
            Channel = Later(first.Channel, second.Channel),
            Type = Later(first.Type, second.Type),
            FirstItemId = Later(first.FirstItemId, second.FirstItemId),
            CreatedAt = Later(first.CreatedAt, second.CreatedAt),
            Subject = Later(first.Subject, second.Subject),
        };

    private static ReadField<T>? Later<T>(ReadField<T>? first, ReadField<T>? second) =>
        first is null || second?.ReadAt > first.Value.ReadAt ? second ?? first : first;
}

/// <summary>A field that Belco's API named.</summary>
/// <param name="Value">Its value; null if the API said null.</param>
/// <param name="ReadAt">The moment of which the value is true.</param>
public readonly record struct ReadField<T>(T? Value, DateTimeOffset ReadAt);
