namespace BelcoFunctions.Pipeline.Tables;

/// <summary>What a caller wants to write to one conversation. <see cref="ConversationWriter"/> reads the conversation, asks for
/// the next change, and reports its outcome, until the write is done.</summary>
internal abstract class ConversationWrite(string shopId, string conversationId)
{
    public string ShopId => shopId;

    public string ConversationId => conversationId;

    /// <summary>True if nothing remains to be written: everything is committed, was there before, or was given up.</summary>
    public abstract bool IsDone { get; }

    /// <summary>True if this write folds the timeline again, and so does not need the stored state. It then also replaces a
    /// damaged row.</summary>
    public virtual bool FoldsAgain => false;

    /// <summary>The ids of the customers that this write gives the conversation, or an empty list.</summary>
    /// <param name="stored">The conversation in the table; null if it is not there.</param>
    public virtual IReadOnlyCollection<string> NewCustomers(StoredConversation? stored) => [];

    /// <summary>The next change; null if this write is done. Also null if others have changed the conversation after it was
    /// read; it is then read again.</summary>
    /// <param name="stored">The conversation in the table; null if it is not there.</param>
    /// <param name="customers">The rows of <see cref="NewCustomers"/>, and maybe of others, by their ids.</param>
    /// <param name="cancellationToken">Cancels between two requests.</param>
    public abstract ValueTask<ConversationChange?> NextAsync(StoredConversation? stored,
        IReadOnlyDictionary<string, StoredCustomer> customers, CancellationToken cancellationToken);

    /// <summary>The last change was committed.</summary>
    public abstract void Committed();

    /// <summary>A timeline row of the last change was already in the table, so nothing of that change was written. Several
    /// threads may call this, each with its own row.</summary>
    /// <param name="index">The row's place in the change.</param>
    /// <param name="telling">What the row in the table tells of the item.</param>
    public virtual void FoundTimelineRow(int index, Telling telling) =>
        throw new NotSupportedException("This write has no timeline rows.");

    /// <summary>The remaining changes are not written, and this write is done.</summary>
    public abstract void GiveUp(GiveUpReason reason);
}

/// <summary>Why a write is given up. It may succeed later, except if the row is damaged.</summary>
internal enum GiveUpReason
{
    /// <summary>Others kept writing the same conversation.</summary>
    Conflicts,

    /// <summary>Another version of this code wrote the row of the conversation or of a customer.</summary>
    AnotherVersion,

    /// <summary>Another program changed the row of the conversation or of a customer, so that it cannot be read.</summary>
    DamagedRow,
}
