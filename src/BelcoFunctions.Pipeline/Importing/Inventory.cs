namespace BelcoFunctions.Pipeline.Importing;

/// <summary>The conversations that Belco listed.</summary>
internal sealed class Inventory
{
    private readonly Dictionary<string, ListedConversation> conversations = new(StringComparer.Ordinal);

    /// <summary>All conversations of the token, also those of other shops.</summary>
    public IReadOnlyCollection<ListedConversation> Conversations => conversations.Values;

    /// <summary>Entries without an id in the last pass.</summary>
    public int WithoutId { get; private set; }

    /// <summary>True if the API may have cut off the list: programmers choose round limits.</summary>
    public bool EndsAtRoundNumber => conversations.Count > 0 && IsRound(conversations.Count);

    public ListedConversation? Find(string id) => conversations.GetValueOrDefault(id);

    public void BeginPass() => WithoutId = 0;

    /// <summary>Adds a page. Returns how many conversations are new that began before a moment, or whose beginning is not
    /// known.</summary>
    public int Add(ListPage page, DateTimeOffset startedAt)
    {
        WithoutId += page.WithoutId;
        var found = 0;
        foreach (var conversation in page.Conversations)
        {
            // Keep the first entry of a conversation that changed meanwhile: it is read after that, so the next run sees that
            // its entry is another, and reads it again.
            if (conversations.TryAdd(conversation.Id, conversation) && !(conversation.CreatedAt >= startedAt)) found++;
        }

        return found;
    }

    // One or two digits and at least two zeros, like 500, 1,000, 2,500 or 10,000.
    private static bool IsRound(int count)
    {
        if (count % 100 != 0) return false;
        while (count % 10 == 0) count /= 10;
        return count < 100;
    }
}
