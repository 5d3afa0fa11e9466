namespace BelcoFunctions.Pipeline.Importing;

/// <summary>What came of one conversation.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="End">How its reading ended.</param>
/// <param name="Failure">Why it failed, in a sentence; null if it did not.</param>
internal sealed record ConversationResult(string ConversationId, ConversationEnd End, string? Failure = null)
{
    public ItemCounts Items { get; init; }

    /// <summary>Whether it failed because the store did not answer.</summary>
    public bool IsOutage { get; init; }

    /// <summary>Items of kinds that are not written, by their type.</summary>
    public IReadOnlyDictionary<string, int> OtherKinds { get; init; } = new Dictionary<string, int>();

    public IReadOnlyList<MissingItem> Missing { get; init; } = [];

    /// <summary>Ids of items that the archive has with another <c>createdAt</c>.</summary>
    public IReadOnlyList<string> AtAnotherMoment { get; init; } = [];

    /// <summary>Ids of items that webhooks name and the API does not have.</summary>
    public IReadOnlyList<string> OnlyNamed { get; init; } = [];

    public static ConversationResult Failed(string conversationId, string failure) =>
        new(conversationId, ConversationEnd.Failed, failure);
}

/// <summary>How the reading of a conversation ended.</summary>
internal enum ConversationEnd
{
    /// <summary>It was read completely, and all its items that can be written are written or erased.</summary>
    Complete,

    /// <summary>Belco answered 404, or its list does not have it and no request can find it in the shop.</summary>
    Gone,

    /// <summary>It belongs to another shop.</summary>
    OfAnotherShop,

    /// <summary>Something of it could not be read or written.</summary>
    Failed,
}

/// <summary>What came of items that can be written.</summary>
/// <param name="Added">Written now.</param>
/// <param name="AlreadyThere">They had a row that says the same.</param>
/// <param name="Changed">They have a row that says something else. The row stands; what the API says is kept with the
/// unprojected events.</param>
/// <param name="Erased">They happened at a moment that was erased.</param>
/// <param name="PastRetention">Retention would erase their conversation at once.</param>
public readonly record struct ItemCounts(
    int Added = 0, int AlreadyThere = 0, int Changed = 0, int Erased = 0, int PastRetention = 0)
{
    public static ItemCounts operator +(ItemCounts first, ItemCounts second) => new(
        first.Added + second.Added, first.AlreadyThere + second.AlreadyThere, first.Changed + second.Changed,
        first.Erased + second.Erased, first.PastRetention + second.PastRetention);
}
