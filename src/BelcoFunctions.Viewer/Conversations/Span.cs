namespace BelcoFunctions.Viewer.Conversations;

/// <summary>A time in which a value held.</summary>
/// <param name="From">Its begin.</param>
/// <param name="To">Its end.</param>
/// <param name="Value">The status, or the assignee; null for nobody.</param>
/// <param name="IsFromSnapshot">Whether Belco's snapshot says so, and no event.</param>
public sealed record Span(DateTimeOffset From, DateTimeOffset To, string? Value, bool IsFromSnapshot)
{
    public TimeSpan Length => To - From;
}
