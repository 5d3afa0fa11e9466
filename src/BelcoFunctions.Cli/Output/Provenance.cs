using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Cli.Output;

/// <summary>Explains the values of a conversation that Belco's snapshot changed after the last event about them.</summary>
internal static class Provenance
{
    /// <summary>One line for each such value.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="changes">The items of its timeline that change the status or the assignee, oldest first.</param>
    /// <param name="names">The names of agents.</param>
    public static IEnumerable<string> Explain(
        ConversationSummary conversation, IReadOnlyList<TimelineEntry> changes, Names names)
    {
        if (conversation is { StatusSource: "snapshot", StatusAsOf: { } statusAsOf, Status: var status }
            && changes.LastOrDefault(entry => entry.At < statusAsOf && StatusOf(entry) is not null) is { } change
            && StatusOf(change) != status)
        {
            yield return Line("status", StatusOf(change)!, change.At, status ?? "unknown", statusAsOf);
        }

        if (conversation is { AssignedToSource: "snapshot", AssignedToAsOf: { } assignedAsOf, AssignedTo: var assignee }
            && changes.LastOrDefault(entry => entry.At < assignedAsOf && entry.ToItemKind() is ItemKind.Assignment)
                is { } assignment
            && assignment.AssignedTo != assignee)
        {
            yield return Line(
                "assigned to", Assignee(assignment.AssignedTo), assignment.At, Assignee(assignee), assignedAsOf);
        }

        string Assignee(string? id) => id is null ? "nobody" : names.OfAssignee(id) ?? DisplayText.Short(id);
    }

    private static string? StatusOf(TimelineEntry entry) => ConversationStatus.SetBy(entry.ToItemKind());

    private static string Line(string what, string before, DateTimeOffset at, string now, DateTimeOffset asOf) =>
        $"{what} {before} {MomentText.Format(at)} (event), then {now} "
        + $"(Belco's snapshot of {MomentText.Format(asOf)}; no event was sent)";
}
