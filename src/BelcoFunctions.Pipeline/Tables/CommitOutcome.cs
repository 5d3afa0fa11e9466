using Azure;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>The outcome of a transaction. A transaction that was not committed has written nothing.</summary>
internal abstract record CommitOutcome
{
    private CommitOutcome() { }

    /// <param name="ETags">The new ETag of each conversation row, in the order of the changes; the default
    /// value for a row whose ETag is not known.</param>
    public sealed record Committed(IReadOnlyList<ETag> ETags) : CommitOutcome;

    /// <summary>Somebody else wrote that conversation after it was read.</summary>
    public sealed record ConversationChanged(int ChangeIndex) : CommitOutcome;

    /// <summary>Somebody else wrote that customer's row after it was read, or erased the customer.</summary>
    public sealed record CustomerChanged(StoredCustomer Customer) : CommitOutcome;

    /// <summary>The conversation's row in the list is missing, so this change cannot move it.</summary>
    public sealed record RecentRowMissing(int ChangeIndex) : CommitOutcome;

    /// <summary>At least one of the timeline rows is already there.</summary>
    public sealed record TimelineRowExists : CommitOutcome;
}
