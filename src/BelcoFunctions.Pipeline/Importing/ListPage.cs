using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace BelcoFunctions.Pipeline.Importing;

/// <summary>A page of Belco's list of conversations.</summary>
/// <param name="Conversations">The entries that have an id.</param>
/// <param name="Count">How many entries the page has.</param>
internal sealed record ListPage(IReadOnlyList<ListedConversation> Conversations, int Count)
{
    /// <summary>Entries without an id that can be used.</summary>
    public int WithoutId => Count - Conversations.Count;

    /// <summary>Null if the answer is not a list of conversations.</summary>
    public static ListPage? Read(BelcoAnswer answer, FieldNotes notes)
    {
        using var json = JsonDocument.Parse(answer.Json);
        if (ApiArray.Find(json.RootElement, "conversations") is not { } array) return null;
        var entries = array.EnumerateArray().Select(entry => Read(entry, notes)).OfType<ListedConversation>();
        return new ListPage([.. entries], array.GetArrayLength());
    }

    private static ListedConversation? Read(JsonElement json, FieldNotes notes)
    {
        if (ApiObject.From(json, "conversation", notes) is not { } entry) return null;
        ApiConversation.NoteUnknown(entry);
        return entry.OwnId() is not { } id ? null : new ListedConversation(
            id, entry.Id("shopId").Value, entry.Time("createdAt").Value,
            Convert.ToHexString(SHA256.HashData(JsonMarshal.GetRawUtf8Value(json))));
    }
}
