using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Viewer.Conversations;

/// <summary>Values that the pages derive from a conversation's values.</summary>
internal static class ConversationValues
{
    extension(TimelineEntry entry)
    {
        /// <summary>The status that the event itself sets; null if it sets none.</summary>
        public string? StatusEffect => ConversationStatus.SetBy(entry.ToItemKind());
    }

    extension(ConversationSummary conversation)
    {
        public bool StatusIsFromSnapshot => conversation.StatusSource is "snapshot";

        public bool AssigneeIsFromSnapshot => conversation.AssignedToSource is "snapshot";
    }
}
