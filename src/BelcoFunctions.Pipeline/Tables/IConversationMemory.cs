namespace BelcoFunctions.Pipeline.Tables;

/// <summary>Remembers the conversations that this process wrote, with their ETags, so that the next write need not read them. It
/// may forget any of them at any time. It pays off only where one process writes a shop: a conversation that another process
/// changed costs a failed transaction.</summary>
public interface IConversationMemory
{
    /// <returns>Null if it is not remembered.</returns>
    StoredConversation? Find(string shopId, string conversationId);

    /// <summary>Replaces what is remembered of that conversation.</summary>
    void Remember(StoredConversation conversation);

    void Forget(string shopId, string conversationId);
}
