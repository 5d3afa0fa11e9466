namespace BelcoFunctions.Pipeline.Tables;

/// <summary>What a caller wants to write to one conversation. <see cref="ConversationWriter"/> reads the conversation, asks for
/// the next change, and reports its outcome, until the write is done.</summary>
internal abstract class ConversationWrite(string shopId, string conversationId)
{
    public string ShopId => shopId;

    public string ConversationId => conversationId;

    /// <summary>Whether nothing is left to write: everything is committed, was there before, or was given up.</summary>
    public abstract bool IsDone { get; }

    /// <summary>Whether this write needs no state, because it folds the timeline again. Then it also replaces a damaged
    /// row.</summary>
    public virtual bool FoldsAgain => false;

    /// <summary>The ids of the customers that this write gives the conversation, or an empty list.</summary>
    /// <param name="stored">The conversation in the table; null if it is not there.</param>
    public virtual IReadOnlyCollection<string> NewCustomers(StoredConversation? stored) => [];

    /// <summary>The next change; null if it turns out that this write is done, or that others have changed the conversation since
    /// it was read. Then it is read again.</summary>
    /// <param name="stored">The conversation in the table; null if it is not there.</param>
    /// <param name="customers">The rows of <see cref="NewCustomers"/>, and maybe of others, by their ids.</param>
    /// <param name="cancellationToken">Ends it between two requests.</param>
    public abstract ValueTask<ConversationChange?> NextAsync(StoredConversation? stored,
        IReadOnlyDictionary<string, StoredCustomer> customers, CancellationToken cancellationToken);

    /// <summary>The last change was committed.</summary>
    public abstract void Committed();

    /// <summary>A timeline row of the last change was already in the table, so nothing of that change was written. Several
    /// threads may call this, each with its own row.</summary>
    /// <param name="index">The row's place in the change.</param>
    /// <param name="rawBlob">The blob that the row in the table names; null if it has the event itself.</param>
    public virtual void FoundTimelineRow(int index, string? rawBlob) =>
        throw new NotSupportedException("This write has no timeline rows.");

    /// <summary>What is left is not written, and this write is done.</summary>
    public abstract void GiveUp(GiveUpReason reason);
}

/// <summary>Why a write is given up. Without a damaged row, it may succeed later.</summary>
internal enum GiveUpReason
{
    /// <summary>Others kept writing the same conversation.</summary>
    Conflicts,

    /// <summary>Another version of this code wrote the row of the conversation or of a customer.</summary>
    AnotherVersion,

    /// <summary>Another program changed the row of the conversation or of a customer, so that it cannot be read.</summary>
    DamagedRow,
}
