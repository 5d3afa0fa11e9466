using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Viewer.Conversations;

/// <summary>Values that the pages derive from a conversation's values.</summary>
internal static class ConversationValues
{
    extension(TimelineEntry entry)
    {
        public EntryKind Shape => (entry.ToItemKind(), entry.Kind) switch
        {
            (ItemKind.Assignment, _) => EntryKind.Assignment,
            (ItemKind.Close, _) => EntryKind.Close,
            (ItemKind.Open, _) => EntryKind.Reopen,
            (ItemKind.Note, _) or (_, "note") => EntryKind.Note,
            (_, "message") => ConversationItem.SideOf(entry.ActorType) switch
            {
                MessageSide.Agent => EntryKind.AgentMessage,
                MessageSide.Customer => EntryKind.CustomerMessage,
                _ => EntryKind.OtherMessage,
            },
            _ => EntryKind.Other,
        };

        /// <summary>The status that the event itself sets; null if it sets none.</summary>
        public string? StatusEffect => ConversationStatus.SetBy(entry.ToItemKind());
    }

    extension(ConversationSummary conversation)
    {
        public bool StatusIsFromSnapshot => conversation.StatusSource is "snapshot";

        public bool AssigneeIsFromSnapshot => conversation.AssignedToSource is "snapshot";
    }
}
