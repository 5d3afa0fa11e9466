namespace BelcoFunctions.Pipeline.Importing;

/// <summary>What an import did, or would do.</summary>
/// <param name="ShopId">The shop.</param>
/// <param name="Run">The id of the run.</param>
/// <param name="StartedAt">When it started; what Belco listed then is what the archive must have.</param>
/// <param name="DryRun">Whether nothing was written.</param>
public sealed record ImportReceipt(string ShopId, string Run, DateTimeOffset StartedAt, bool DryRun)
{
    /// <summary>How many of a kind are listed beside their number.</summary>
    public const int MaxListed = 50;

    /// <summary>The conversation that was asked for; null for all.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Why the run stopped before its end, in a sentence; null if it did not.</summary>
    public string? Stopped { get; init; }

    /// <summary>Conversations of the shop that Belco listed.</summary>
    public int Listed { get; init; }

    /// <summary>Listed conversations that were complete before the run.</summary>
    public int CompleteBefore { get; init; }

    /// <summary>Conversations that were read now, also those of which an item is missing.</summary>
    public int Read { get; init; }

    public Told<FailedConversation> Failed { get; init; } = new();

    /// <summary>Entries of Belco's list without an id, so that their conversations could not be read.</summary>
    public int WithoutId { get; init; }

    /// <summary>Conversations for which Belco answered 404, and those of the archive that its list does not have and no request
    /// can find in the shop. The archive keeps what it has of them.</summary>
    public Told<string> Gone { get; init; } = new();

    /// <summary>Conversations that the archive has and Belco's list does not. The archive keeps them.</summary>
    public int NotListed { get; init; }

    /// <summary>Conversations that were not read because they are older than <c>--since</c>.</summary>
    public int LeftOut { get; init; }

    public ItemCounts Items { get; init; }

    /// <summary>Items of kinds that are not written, by their type.</summary>
    public IReadOnlyDictionary<string, int> OtherKinds { get; init; } = new Dictionary<string, int>();

    /// <summary>Items that should be in the archive and cannot be written.</summary>
    public Told<MissingItem> Missing { get; init; } = new();

    /// <summary>Items that the archive has with another <c>createdAt</c>, so that they were not written again.</summary>
    public Told<ToldItem> AtAnotherMoment { get; init; } = new();

    /// <summary>Items that webhooks name and the API does not have.</summary>
    public Told<ToldItem> OnlyNamed { get; init; } = new();

    /// <summary>What came of reading names; null if none were read.</summary>
    public NameReceipt? Names { get; init; }

    public IReadOnlyList<UnknownField> UnknownFields { get; init; } = [];

    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Whether the archive has all that Belco listed: each item has a row, was erased, or is of a kind that is not
    /// written.</summary>
    public bool IsComplete => Stopped is null && Failed.Count == 0 && WithoutId == 0 && Missing.Count == 0 && LeftOut == 0
        && !(DryRun && Items.Added > 0) && !(ConversationId is not null && Read == 0);
}

/// <summary>How many there are, and the first of them.</summary>
/// <param name="Count">Their number.</param>
/// <param name="First">At most <see cref="ImportReceipt.MaxListed"/> of them.</param>
public sealed record Told<T>(int Count, IReadOnlyList<T> First)
{
    public Told() : this(0, []) { }

    internal Told<T> With(IReadOnlyCollection<T> more) => more.Count == 0 ? this
        : new(Count + more.Count, [.. First, .. more.Take(ImportReceipt.MaxListed - First.Count)]);
}

/// <summary>A conversation that was not read completely. The next run reads it again.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="Reason">A sentence.</param>
public sealed record FailedConversation(string ConversationId, string Reason);

/// <summary>An item that a receipt tells of.</summary>
public sealed record ToldItem(string ConversationId, string ItemId);
