namespace BelcoFunctions.Viewer.Conversations;

/// <summary>How an event is shown: a bubble on one side, a note, or a line between them.</summary>
internal enum EntryKind { CustomerMessage, AgentMessage, OtherMessage, Note, Assignment, Close, Reopen, Other }
