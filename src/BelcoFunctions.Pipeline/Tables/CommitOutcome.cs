namespace BelcoFunctions.Pipeline.Tables;

/// <summary>What became of a transaction; unless it was committed, nothing of it was written.</summary>
internal abstract record CommitOutcome
{
    private CommitOutcome() { }

    public sealed record Committed : CommitOutcome;

    /// <summary>Somebody else wrote that conversation since it was read.</summary>
    public sealed record ConversationChanged(int ChangeIndex) : CommitOutcome;

    /// <summary>The row of the list that this change would move is not there.</summary>
    public sealed record RecentRowMissing(int ChangeIndex) : CommitOutcome;

    /// <summary>At least one of the events was applied before.</summary>
    public sealed record TimelineRowExists : CommitOutcome;
}
