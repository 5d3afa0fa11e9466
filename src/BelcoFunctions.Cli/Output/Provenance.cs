using System.Globalization;
using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Cli.Output;

/// <summary>Explains which values of a conversation came from Belco's snapshot instead of an event.</summary>
internal static class Provenance
{
    /// <summary>One line for each such value.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="changes">The items of its timeline that change the status or the assignee, oldest first.</param>
    /// <param name="names">The names of agents.</param>
    public static IEnumerable<string> Explain(
        ConversationSummary conversation, IReadOnlyList<TimelineEntry> changes, Names names)
    {
        if (conversation is { StatusSource: "snapshot", StatusAsOf: { } statusAsOf })
        {
            var change = changes.LastOrDefault(entry => entry.At < statusAsOf
                && ConversationStatus.SetBy(entry.ToItemKind()) is not null);
            var before = change is null ? null : $"{ConversationStatus.SetBy(change.ToItemKind())} {Time(change.At)} (event)";
            yield return Line("status", before, conversation.Status ?? "unknown", statusAsOf);
        }

        if (conversation is { AssignedToSource: "snapshot", AssignedToAsOf: { } assignedAsOf })
        {
            var change = changes.LastOrDefault(
                entry => entry.At < assignedAsOf && entry.ToItemKind() is ItemKind.Assignment);
            var before = change is null ? null : $"{Assignee(change.AssignedTo)} {Time(change.At)} (event)";
            yield return Line("assigned to", before, Assignee(conversation.AssignedTo), assignedAsOf);
        }

        string Assignee(string? id) => id is null ? "nobody" : names.OfAssignee(id) ?? DisplayText.Short(id);
    }

    private static string Line(string what, string? before, string now, DateTimeOffset asOf) =>
        $"{what} {(before is null ? "" : $"{before}, then ")}{now} (Belco's snapshot of {Time(asOf)}; no event was sent)";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
}
