using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Viewer.Shared.Text;

namespace BelcoFunctions.Viewer.Transcripts;

/// <summary>What happened in an event, in words. Names are not among them: a page shows them with a colour.</summary>
internal static class EntryWords
{
    /// <summary>The name for the kind of person or program that did something.</summary>
    public static string OfActor(string? actorType) => actorType switch
    {
        "user" => "Agent",
        "customer" => "Customer",
        "contact" => "Contact",
        "auto" => "Belco",
        null => "Unknown",
        _ => VisibleText.OfLine(actorType),
    };

    /// <summary>The text of an event that is shown as a line between the messages, without the person who did it.</summary>
    public static string OfLine(TimelineEntry entry) => entry.Shape switch
    {
        EntryKind.Close => "closed the conversation",
        EntryKind.Reopen => "reopened the conversation",
        _ => VisibleText.OfLine(entry.Kind ?? entry.EventName),
    };

    /// <summary>The text of an assignment, and the id of the assignee to name after it; null for nobody.</summary>
    public static (string Text, string? Assignee) OfAssignment(TimelineEntry entry) => entry.AssignedTo switch
    {
        null => ("unassigned the conversation", null),
        var assignee when assignee == entry.ActorId => ("took the conversation", null),
        var assignee => ("assigned the conversation to", assignee),
    };
}
