using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Viewer.Conversations;

/// <summary>What the pages make of the values of a conversation.</summary>
internal static class ConversationValues
{
    extension(TimelineEntry entry)
    {
        public EntryKind Shape => (entry.EventName, entry.Kind) switch
        {
            (EventNames.ConversationAssigned, _) => EntryKind.Assignment,
            (EventNames.ConversationClosed, _) => EntryKind.Close,
            (EventNames.ConversationReopened, _) => EntryKind.Reopen,
            (EventNames.ConversationNoteAdded, _) or (_, "note") => EntryKind.Note,
            (_, "message") when entry.ActorType is "user" => EntryKind.AgentMessage,
            (_, "message") when entry.ActorType is "customer" or "contact" => EntryKind.CustomerMessage,
            (_, "message") => EntryKind.OtherMessage,
            _ => EntryKind.Other,
        };
    }

    extension(ConversationSummary conversation)
    {
        public bool StatusIsFromSnapshot => conversation.StatusSource is "snapshot";

        public bool AssigneeIsFromSnapshot => conversation.AssignedToSource is "snapshot";
    }
}
