namespace BelcoFunctions.Pipeline.Importing;

/// <summary>Which conversations a run reads.</summary>
internal sealed class ImportPlan
{
    private readonly List<PlannedConversation> toRead = [];

    public IReadOnlyList<PlannedConversation> ToRead => toRead;

    /// <summary>Conversations of the shop in Belco's list.</summary>
    public int Listed { get; private set; }

    /// <summary>Those of them that need not be read.</summary>
    public int CompleteBefore { get; private set; }

    /// <summary>Conversations that the archive has and the list does not.</summary>
    public int NotListed { get; private set; }

    /// <summary>Conversations that must be read, but are older than <c>--since</c>.</summary>
    public int LeftOut { get; private set; }

    /// <summary>A plan for one conversation: it is read in any case.</summary>
    public static ImportPlan ForOne(string conversationId, Dictionary<string, ArchivedConversation> archive)
    {
        var plan = new ImportPlan();
        plan.toRead.Add(new(conversationId, Listed: null, archive.GetValueOrDefault(conversationId)));
        return plan;
    }

    /// <param name="shopId">The shop.</param>
    /// <param name="inventory">Belco's list.</param>
    /// <param name="archive">What the archive has.</param>
    /// <param name="since">Leaves out older conversations; null for none.</param>
    public static ImportPlan ForAll(
        string shopId, Inventory inventory, Dictionary<string, ArchivedConversation> archive, DateTimeOffset? since)
    {
        var plan = new ImportPlan();
        // A conversation of an unknown shop is read to learn its shop.
        foreach (var listed in inventory.Conversations.Where(each => each.ShopId is null || each.ShopId == shopId))
        {
            plan.Listed++;
            plan.Add(new(listed.Id, listed, archive.GetValueOrDefault(listed.Id)), since);
        }

        foreach (var (id, archived) in archive)
        {
            if (!archived.HasItems || inventory.Find(id) is not null) continue;
            plan.NotListed++;
            plan.Add(new(id, Listed: null, archived), since);
        }

        return plan;
    }

    private void Add(PlannedConversation conversation, DateTimeOffset? since)
    {
        var (_, listed, archived) = conversation;
        if (!archived.NeedsReading(listed))
        {
            if (listed is not null) CompleteBefore++;
            return;
        }

        if (since is { } moment && archived.IsBefore(moment, listed)) LeftOut++;
        else toRead.Add(conversation);
    }
}

/// <summary>A conversation to read.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Listed">Its entry in Belco's list; null if the list does not have it.</param>
/// <param name="Archived">What the archive has of it.</param>
internal readonly record struct PlannedConversation(string Id, ListedConversation? Listed, ArchivedConversation Archived);
