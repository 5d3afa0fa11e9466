using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Viewer.Transcripts;

/// <summary>How an event is shown: a bubble on one side, a note, or a line between them.</summary>
public enum EntryKind { CustomerMessage, AgentMessage, OtherMessage, Note, Assignment, Close, Reopen, Other }

/// <summary>Decides how events are shown.</summary>
internal static class EntryKinds
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
    }

    extension(EntryKind kind)
    {
        public bool IsMessageOrNote => kind is EntryKind.CustomerMessage or EntryKind.AgentMessage
            or EntryKind.OtherMessage or EntryKind.Note;

        /// <summary>The class in a style sheet.</summary>
        public string Side => kind switch
        {
            EntryKind.CustomerMessage => "customer",
            EntryKind.AgentMessage => "agent",
            EntryKind.Note => "note",
            _ => "other",
        };
    }
}
