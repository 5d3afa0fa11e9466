using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Viewer.Conversations;

/// <summary>Values that the pages derive from a conversation's values.</summary>
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
            (_, "message") => ConversationItem.SideOf(entry.ActorType) switch
            {
                MessageSide.Agent => EntryKind.AgentMessage,
                MessageSide.Customer => EntryKind.CustomerMessage,
                _ => EntryKind.OtherMessage,
            },
            _ => EntryKind.Other,
        };

        /// <summary>The status that the event itself sets; null if it sets none.</summary>
        public string? StatusEffect => ConversationStatus.SetBy(entry.EventName);
    }

    extension(ConversationSummary conversation)
    {
        public bool StatusIsFromSnapshot => conversation.StatusSource is "snapshot";

        public bool AssigneeIsFromSnapshot => conversation.AssignedToSource is "snapshot";
    }
}
