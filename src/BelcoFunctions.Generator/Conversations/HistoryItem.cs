using BelcoFunctions.Generator.Webhooks;

namespace BelcoFunctions.Generator.Conversations;

/// <summary>Something that happened in a conversation, and the conversation before and after it.</summary>
internal sealed record HistoryItem(string EventName, WebhookItem Item, HistoryState Before, HistoryState After);

/// <summary>The part of a conversation that snapshots show and items change.</summary>
internal sealed record HistoryState(string Status, string? AssignedTo);
