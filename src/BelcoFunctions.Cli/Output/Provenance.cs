using System.Globalization;
using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Cli.Output;

/// <summary>Explains which values of a conversation came from Belco's snapshot instead of an event.</summary>
internal static class Provenance
{
    /// <summary>One line for each such value.</summary>
    public static IEnumerable<string> Explain(ConversationView view)
    {
        var conversation = view.Conversation;
        if (conversation is { StatusSource: "snapshot", StatusAsOf: { } statusAsOf })
        {
            var change = view.Timeline.LastOrDefault(entry => entry.At < statusAsOf
                && ConversationStatus.SetBy(entry.ItemKind) is not null);
            var before = change is null ? null : $"{ConversationStatus.SetBy(change.ItemKind)} {Time(change.At)} (event)";
            yield return Line("status", before, conversation.Status ?? "unknown", statusAsOf);
        }

        if (conversation is { AssignedToSource: "snapshot", AssignedToAsOf: { } assignedAsOf })
        {
            var change = view.Timeline.LastOrDefault(
                entry => entry.At < assignedAsOf && entry.ItemKind is ItemKind.Assignment);
            var before = change is null ? null : $"{DisplayText.Short(change.AssignedTo ?? "nobody")} {Time(change.At)} (event)";
            yield return Line("assigned to", before, DisplayText.Short(conversation.AssignedTo ?? "nobody"), assignedAsOf);
        }
    }

    private static string Line(string what, string? before, string now, DateTimeOffset asOf) =>
        $"{what} {(before is null ? "" : $"{before}, then ")}{now} (Belco's snapshot of {Time(asOf)}; no event was sent)";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
}
