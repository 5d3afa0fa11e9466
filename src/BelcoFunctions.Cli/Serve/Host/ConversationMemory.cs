using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Tables;
using Microsoft.Extensions.Caching.Memory;

namespace BelcoFunctions.Cli.Serve.Host;

/// <summary>Caches conversations, in at most about 32 MiB. The least recently used ones are dropped first.</summary>
internal sealed class ConversationMemory : IConversationMemory, IDisposable
{
    public const int MaxBytes = 32 * 1024 * 1024;

    // The memory that a conversation takes without its texts.
    private const int BytesBesideTexts = 1_500;

    private readonly MemoryCache conversations = new(new MemoryCacheOptions { SizeLimit = MaxBytes });

    public StoredConversation? Find(string shopId, string conversationId) =>
        conversations.Get<StoredConversation>((shopId, conversationId));

    public void Remember(StoredConversation conversation) => conversations.Set(
        (conversation.State.ShopId, conversation.State.ConversationId), conversation,
        new MemoryCacheEntryOptions { Size = SizeOf(conversation.State) });

    public void Forget(string shopId, string conversationId) => conversations.Remove((shopId, conversationId));

    public void Dispose() => conversations.Dispose();

    // Texts come from webhooks, and may be long.
    private static long SizeOf(ConversationState state)
    {
        string?[] texts =
        [
            state.Status.Value, state.AssignedTo.Value, state.OrganizationId.Value, state.CustomerId.Value,
            state.Channel.Value, state.Type.Value, state.FirstItemId.Value, state.LastMessage?.Text,
            state.LastMessage?.AttachmentName,
        ];
        return BytesBesideTexts + sizeof(char) * texts.Sum(text => (long)(text?.Length ?? 0));
    }
}
