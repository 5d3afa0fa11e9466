using BelcoFunctions.Reporting;
using BelcoFunctions.Reporting.Definitions;

namespace BelcoFunctions.Viewer.Reports;

/// <summary>A number of a report: a figure, of everything or of one group.</summary>
/// <param name="Figure">The figure.</param>
/// <param name="HasGroup">Whether it is of one group.</param>
/// <param name="Group">The key of the group, which may be null.</param>
public sealed record BehindNumber(Figure Figure, bool HasGroup = false, string? Group = null)
{
    /// <summary>What of a conversation the number counts.</summary>
    public IReadOnlyList<Occurrence> In(ConversationRecord history, ReportRequest request) =>
    [
        .. Occurrences.From(history, request).Where(occurrence => occurrence.Figure == Figure
            && (!HasGroup || GroupKeys.From(occurrence, history.Conversation.Channel, request) == Group)),
    ];
}
