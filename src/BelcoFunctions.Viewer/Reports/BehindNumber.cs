using BelcoFunctions.Reporting;
using BelcoFunctions.Reporting.Definitions;

namespace BelcoFunctions.Viewer.Reports;

/// <summary>Identifies a number in a report: a figure, for everything or for one group.</summary>
/// <param name="Figure">The figure.</param>
/// <param name="HasGroup">Whether it counts only one group.</param>
/// <param name="Group">The key of the group, which may be null.</param>
public sealed record BehindNumber(Figure Figure, bool HasGroup = false, string? Group = null)
{
    /// <summary>The occurrences in a conversation that the number counts.</summary>
    public IReadOnlyList<Occurrence> In(ConversationRecord history, ReportRequest request) =>
    [
        .. Occurrences.From(history, request).Where(occurrence => occurrence.Figure == Figure
            && (!HasGroup || GroupKeys.From(occurrence, history.Conversation.Channel, request) == Group)),
    ];
}
