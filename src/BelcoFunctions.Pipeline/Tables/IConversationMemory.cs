namespace BelcoFunctions.Pipeline.Tables;

/// <summary>Remembers the conversations that this process wrote, with their ETags, so that the next write does not have to read
/// them. It may forget a conversation at any time. It is useful only if a single process writes a shop: a conversation that
/// another process changed costs a failed transaction.</summary>
public interface IConversationMemory
{
    /// <returns>Null if it is not remembered.</returns>
    StoredConversation? Find(string shopId, string conversationId);

    /// <summary>Replaces what is remembered of that conversation.</summary>
    void Remember(StoredConversation conversation);

    void Forget(string shopId, string conversationId);
}
