using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>A conversation whose row says that its erasure is unfinished.</summary>
internal sealed record MarkedConversation(string ShopId, string ConversationId, Erasure Erasure);
