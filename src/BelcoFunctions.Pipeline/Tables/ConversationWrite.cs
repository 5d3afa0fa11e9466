namespace BelcoFunctions.Pipeline.Tables;

/// <summary>What somebody wants to write to one conversation. <see cref="ConversationWriter"/> reads the conversation, asks for the
/// next change, and says what came of it, until there is none.</summary>
internal abstract class ConversationWrite(string shopId, string conversationId)
{
    public string ShopId => shopId;

    public string ConversationId => conversationId;

    /// <summary>Whether nothing is left to write: all is committed, found to be there, or given up.</summary>
    public abstract bool IsDone { get; }

    /// <summary>The next change; null when it turns out that this write is done.</summary>
    /// <param name="stored">The conversation as the table has it; null when it has none.</param>
    /// <param name="cancellationToken">Ends it between two requests.</param>
    public abstract ValueTask<ConversationChange?> NextAsync(StoredConversation? stored, CancellationToken cancellationToken);

    /// <summary>The table has the last change.</summary>
    public abstract void Committed();

    /// <summary>A timeline row of the last change was in the table before, so nothing of that change was written. May be called by
    /// several threads, each with its own row.</summary>
    /// <param name="index">The row's place in the change.</param>
    public virtual void FoundTimelineRow(int index) => throw new NotSupportedException("This write has no timeline rows.");

    /// <summary>Others kept writing the same conversation: what is left is not written, and this write is done.</summary>
    public abstract void GiveUp();
}
