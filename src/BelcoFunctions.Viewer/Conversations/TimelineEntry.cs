using System.Text.Json;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Viewer.Conversations;

/// <summary>The columns of an event that the pages show, under the names of the read API.</summary>
public sealed record TimelineEntry(string ItemId, DateTimeOffset At, string EventName, string RequestId)
{
    public string? Kind { get; init; }
    public DateTimeOffset? EventDate { get; init; }
    public DateTimeOffset? ReceivedAt { get; init; }

    public string? ActorType { get; init; }
    public string? ActorId { get; init; }

    public string? Body { get; init; }
    public bool BodyTruncated { get; init; }
    public string? Via { get; init; }
    public bool ViaApi { get; init; }
    public JsonElement? Attachments { get; init; }
    public bool AttachmentsTruncated { get; init; }

    public string? PageUrl { get; init; }
    public string? PageTitle { get; init; }

    public string? AssignedTo { get; init; }
    public string? PreviousAssignee { get; init; }
    public string? PreviousStatus { get; init; }

    /// <summary>The names of the fields that are left out because Belco sent another type.</summary>
    public string? IgnoredFields { get; init; }

    public EntryKind Shape => (EventName, Kind) switch
    {
        (EventNames.ConversationAssigned, _) => EntryKind.Assignment,
        (EventNames.ConversationClosed, _) => EntryKind.Close,
        (EventNames.ConversationReopened, _) => EntryKind.Reopen,
        (EventNames.ConversationNoteAdded, _) or (_, "note") => EntryKind.Note,
        (_, "message") when ActorType is "user" => EntryKind.AgentMessage,
        (_, "message") when ActorType is "customer" or "contact" => EntryKind.CustomerMessage,
        (_, "message") => EntryKind.OtherMessage,
        _ => EntryKind.Other,
    };
}

/// <summary>How an event is shown: a bubble on one side, a note, or a line between them.</summary>
public enum EntryKind { CustomerMessage, AgentMessage, OtherMessage, Note, Assignment, Close, Reopen, Other }
