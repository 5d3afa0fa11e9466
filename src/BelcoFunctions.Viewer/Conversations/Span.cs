namespace BelcoFunctions.Viewer.Conversations;

/// <summary>A time in which a status or an assignee did not change.</summary>
/// <param name="From">Its start.</param>
/// <param name="To">Its end.</param>
/// <param name="Value">The status, or the assignee; null for nobody.</param>
/// <param name="IsFromSnapshot">Whether the value comes from Belco's snapshot instead of an event.</param>
public sealed record Span(DateTimeOffset From, DateTimeOffset To, string? Value, bool IsFromSnapshot)
{
    public TimeSpan Length => To - From;
}
