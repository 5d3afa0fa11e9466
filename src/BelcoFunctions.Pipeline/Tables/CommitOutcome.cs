namespace BelcoFunctions.Pipeline.Tables;

/// <summary>The outcome of a transaction. Unless it was committed, nothing of it was written.</summary>
internal abstract record CommitOutcome
{
    private CommitOutcome() { }

    public sealed record Committed : CommitOutcome;

    /// <summary>Somebody else wrote that conversation after it was read.</summary>
    public sealed record ConversationChanged(int ChangeIndex) : CommitOutcome;

    /// <summary>The conversation's row in the list is missing, so this change cannot move it.</summary>
    public sealed record RecentRowMissing(int ChangeIndex) : CommitOutcome;

    /// <summary>At least one of the timeline rows is already there.</summary>
    public sealed record TimelineRowExists : CommitOutcome;
}
