using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Erasing;

/// <summary>A conversation whose row says that its erasure is unfinished.</summary>
/// <param name="Erasure">What is erased of it; null if the row is damaged.</param>
internal sealed record MarkedConversation(string ShopId, string ConversationId, Erasure? Erasure)
{
    public static MarkedConversation From(TableEntity row)
    {
        var (shopId, conversationId) = ConversationTable.ToIds(row);
        return new(shopId, conversationId, ErasureReading.From(row).Erasure);
    }
}
