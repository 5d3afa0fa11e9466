namespace BelcoFunctions.Local.Queueing;

/// <summary>Which dead letters: all that match, or the oldest of those.</summary>
internal sealed record DeadLetterSelection
{
    /// <summary>The condition, the order and the limit of a query. It takes <see cref="Parameters"/>.</summary>
    public const string OldestFirst = """
        WHERE ($id IS NULL OR id = $id) AND ($queue IS NULL OR queue = $queue)
            AND ($reason IS NULL OR dead_letter_reason = $reason) AND dead_lettered_at <= $through
        ORDER BY dead_lettered_at, id LIMIT $limit
        """;

    /// <summary>One dead letter; null for all.</summary>
    public long? Id { get; init; }

    /// <summary>One of <see cref="QueueNames"/>; null for all.</summary>
    public string? Queue { get; init; }

    /// <summary><c>NeverProjectable</c> or <c>Failed</c>; null for both.</summary>
    public string? Reason { get; init; }

    /// <summary>Only those that became one until then.</summary>
    public DateTimeOffset Through { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>How many at most, the oldest first; null for all.</summary>
    public int? Limit { get; init; }

    // A negative limit is none.
    public (string Name, object? Value)[] Parameters =>
    [
        ("$id", Id), ("$queue", Queue), ("$reason", Reason), ("$through", Through.ToUnixTimeMilliseconds()),
        ("$limit", Limit ?? -1),
    ];
}
