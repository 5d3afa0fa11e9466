using System.Collections.Frozen;
using System.Text.Json;
using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Importing;

/// <summary>What the API says of one conversation.</summary>
/// <param name="ShopId">Its shop; null if the API does not say.</param>
/// <param name="Reading">The fields that the API names.</param>
internal sealed record ApiConversation(string? ShopId, ConversationReading Reading)
{
    private const string Name = "conversation";

    private static readonly FrozenSet<string> Known = FrozenSet.Create(StringComparer.Ordinal,
        "_id", "id", "shopId", "organizationId", "channel", "type", "status", "assignedTo", "customerId", "createdAt", "subject",
        "firstItem", "firstItemId", "lastItem", "lastItemId", "lastMessage");

    private static readonly FrozenSet<string> KnownOfItems =
        FrozenSet.Create(StringComparer.Ordinal, "_id", "id", "type", "body", "via", "reference");

    /// <summary>Null if the answer is not a conversation, or another one.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="id">The conversation that was asked for.</param>
    /// <param name="notes">Gets the fields that are not understood.</param>
    public static ApiConversation? Read(BelcoAnswer answer, string id, FieldNotes notes)
    {
        using var json = JsonDocument.Parse(answer.Json);
        var root = ApiObject.From(json.RootElement, Name, notes);
        var found = root?.OwnId() is null ? root?.Object(Name) ?? root : root;
        if (found is not { } conversation || conversation.OwnId() != id) return null;
        NoteUnknown(conversation);
        return new ApiConversation(conversation.Id("shopId").Value, ToReading(conversation, answer.ReadAt));
    }

    public static void NoteUnknown(in ApiObject conversation)
    {
        conversation.NoteUnknown(Known);
        conversation.Object("firstItem")?.NoteUnknown(KnownOfItems);
        conversation.Object("lastItem")?.NoteUnknown(KnownOfItems);
    }

    private static ConversationReading ToReading(in ApiObject conversation, DateTimeOffset readAt) => new()
    {
        Status = conversation.Text("status").At(readAt),
        AssignedTo = conversation.Id("assignedTo").At(readAt),
        OrganizationId = conversation.Id("organizationId").At(readAt),
        CustomerId = conversation.Id("customerId").At(readAt),
        Channel = conversation.Text("channel").At(readAt),
        Type = conversation.Text("type").At(readAt),
        FirstItemId = conversation.Id("firstItemId").At(readAt) ?? FirstItem(conversation).At(readAt),
        CreatedAt = conversation.Time("createdAt").At(readAt),
        Subject = Shortened(conversation.Text("subject")).At(readAt),
    };

    private static ApiField<string> Shortened(ApiField<string> subject) =>
        subject with { Value = subject.Value?.Truncate(ConversationReading.MaxSubjectLength) };

    private static ApiField<string> FirstItem(in ApiObject conversation) =>
        conversation.Object("firstItem")?.OwnId() is { } id ? new ApiField<string>(IsNamed: true, id) : default;
}
