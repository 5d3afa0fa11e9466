using BelcoFunctions.Reporting.Definitions;

namespace BelcoFunctions.Viewer.Reports;

/// <summary>A conversation that a number in a report counts.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="Channel">Its channel.</param>
/// <param name="Status">Its status now.</param>
/// <param name="Count">How many times the number counts it.</param>
/// <param name="At">When the counted occurrence last happened.</param>
/// <param name="Length">The longest of its lengths, if the figure has one.</param>
public sealed record ConversationBehind(
    string ConversationId, string? Channel, string? Status, int Count, DateTimeOffset At, TimeSpan Length)
{
    public static ConversationBehind From(ConversationRecord history, IReadOnlyList<Occurrence> occurrences) => new(
        history.Conversation.ConversationId, history.Conversation.Channel, history.Conversation.Status, occurrences.Count,
        occurrences.Max(occurrence => occurrence.At), occurrences.Max(occurrence => occurrence.Length));
}

/// <summary>The conversations that a number in a report counts, in the order of the page.</summary>
/// <param name="Count">The number in the report.</param>
/// <param name="All">All conversations that it counts, not only those of one page.</param>
public sealed record ConversationsBehind(int Count, IReadOnlyList<ConversationBehind> All)
{
    private const int PageRows = 100;

    /// <summary>The conversations of one page.</summary>
    /// <param name="skip">How many conversations were on earlier pages.</param>
    public IReadOnlyList<ConversationBehind> Page(int skip) => [.. All.Skip(skip).Take(PageRows)];
}
