using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Pipeline.Importing;

/// <summary>Reads one conversation with its items from Belco's API.</summary>
/// <param name="api">Belco's API.</param>
/// <param name="shopId">The shop.</param>
/// <param name="isOnlyShop">Whether the token reads no other shop, so that a conversation without a shop is of this
/// one.</param>
/// <param name="notes">Gets the fields that are not understood.</param>
internal sealed class ConversationSource(IBelcoApi api, string shopId, bool isOnlyShop, FieldNotes notes)
{
    public string ShopId => shopId;

    /// <exception cref="BelcoApiException"/>
    public async Task<SourceReading> ReadAsync(
        string conversationId, ListedConversation? listed, CancellationToken cancellationToken)
    {
        if (!BelcoPaths.CanAskFor(conversationId)) return new SourceReading.NotAskable();
        if (await api.GetAsync(BelcoPaths.Conversation(conversationId), cancellationToken) is not { } answer)
        {
            return new SourceReading.Gone();
        }

        if (ApiConversation.Read(answer, conversationId, notes) is not { } conversation)
        {
            return new SourceReading.NotUnderstood(
                "Belco's answer has a form that belco does not know, or is another conversation.");
        }

        if ((conversation.ShopId ?? listed?.ShopId ?? (isOnlyShop ? shopId : null)) is not { } shop)
        {
            return new SourceReading.NotUnderstood("Belco does not say to which shop it belongs.");
        }

        if (shop != shopId) return new SourceReading.OfAnotherShop();
        if (await api.GetAsync(BelcoPaths.Items(conversationId), cancellationToken) is not { } items)
        {
            return new SourceReading.NotUnderstood("Belco has the conversation, but answers 404 for its items.");
        }

        return ApiItems.Read(items, shopId, conversationId, notes) is { } read
            ? new SourceReading.Found(conversation.Reading, answer.ReadAt, read, items.AnsweredAt)
            : new SourceReading.NotUnderstood("Belco's list of its items has a form that belco does not know.");
    }
}

/// <summary>What the API said when it was asked for a conversation.</summary>
internal abstract record SourceReading
{
    private SourceReading() { }

    /// <param name="Reading">The fields of the conversation.</param>
    /// <param name="ReadAt">The moment of which they are true. The items may be of a later one.</param>
    /// <param name="Items">All its items.</param>
    /// <param name="ItemsAnsweredAt">When the answer with the items had arrived.</param>
    public sealed record Found(ConversationReading Reading, DateTimeOffset ReadAt, IReadOnlyList<ApiItem> Items,
        DateTimeOffset ItemsAnsweredAt) : SourceReading;

    /// <summary>404: perhaps it was deleted. Nothing is erased because of that.</summary>
    public sealed record Gone : SourceReading;

    public sealed record OfAnotherShop : SourceReading;

    /// <summary>No request can name it, because of its id.</summary>
    public sealed record NotAskable : SourceReading;

    /// <param name="Reason">A sentence.</param>
    public sealed record NotUnderstood(string Reason) : SourceReading;
}
