namespace BelcoFunctions.Pipeline.Queries;

/// <summary>Selects conversations of a shop, by values as people type them: <see cref="TypedValue"/>. A null property matches
/// all.</summary>
/// <param name="Status">The status, such as <c>closed</c> or <c>Closed</c>.</param>
/// <param name="AssignedTo">The first characters of the assignee's id or name, or <see cref="ShownWords.Nobody"/>.</param>
/// <param name="CustomerId">The first characters of the customer's id or name, or <see cref="ShownWords.Unknown"/>.</param>
/// <param name="Channel">The channel.</param>
public sealed record ConversationFilter(
    string? Status = null, string? AssignedTo = null, string? CustomerId = null, string? Channel = null)
{
    /// <summary>Selects conversations whose last item is at this time or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Selects conversations whose last item is before this time.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Selects only conversations that wait for an answer.</summary>
    public bool IsWaiting { get; init; }

    internal bool IsEmpty => this == new ConversationFilter();

    /// <summary>Whether the keys of the recent rows alone decide.</summary>
    internal bool IsDecidedByKeys => (this with { Since = null, Until = null }).IsEmpty;
}
