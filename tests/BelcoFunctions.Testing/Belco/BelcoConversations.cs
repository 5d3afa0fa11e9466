namespace BelcoFunctions.Testing.Belco;

/// <summary>The conversations of an account, in the order in which they are listed.</summary>
internal sealed class BelcoConversations
{
    private readonly List<BelcoConversation> listed = [];
    private readonly Dictionary<string, BelcoConversation> all = [];

    /// <summary>Whether a conversation moves to the front of the list when an item is added to it.</summary>
    public bool MoveWithActivity { get; set; }

    /// <summary>The list ends after so many, whatever it is asked for.</summary>
    public int ListLimit { get; set; } = int.MaxValue;

    /// <summary>A page has no more than so many, whatever it is asked for.</summary>
    public int PageLimit { get; set; } = int.MaxValue;

    public IReadOnlyCollection<BelcoConversation> All => all.Values;

    /// <summary>Adds it at the end of the list.</summary>
    public BelcoConversation Add(BelcoConversation conversation) => Insert(listed.Count, conversation);

    /// <summary>Adds it in front, so that the others move to later pages.</summary>
    public BelcoConversation AddInFront(BelcoConversation conversation) => Insert(0, conversation);

    /// <summary>Adds an item to a conversation.</summary>
    public void AddItem(string id, JsonObject item)
    {
        var conversation = all[id].Add(item);
        if (!MoveWithActivity) return;
        listed.Remove(conversation);
        listed.Insert(0, conversation);
    }

    /// <summary>Deletes it: it is not listed, and asking for it gives 404.</summary>
    public void Delete(string id)
    {
        if (all.Remove(id, out var conversation)) listed.Remove(conversation);
    }

    /// <summary>Deletes it, and lists it all the same.</summary>
    public void DeleteButList(string id) => all.Remove(id);

    /// <summary>Takes it from the list. Asking for it still gives it.</summary>
    public void Hide(string id) => listed.Remove(all[id]);

    public BelcoConversation? Find(string id) => all.GetValueOrDefault(id);

    public JsonArray Page(BelcoRequest request) =>
        [.. listed.Take(ListLimit).Skip(request.Skip).Take(Math.Min(request.Limit, PageLimit)).Select(one => one.ToJson())];

    private BelcoConversation Insert(int index, BelcoConversation conversation)
    {
        listed.Insert(index, conversation);
        all.Add(conversation.Id, conversation);
        return conversation;
    }
}
