namespace BelcoFunctions.Pipeline.Queries.Search;

/// <summary>What a search says while it runs.</summary>
public abstract record SearchProgress
{
    private SearchProgress() { }

    /// <summary>The next conversation that was found, the most recently active first.</summary>
    public sealed record Found(FoundConversation Conversation) : SearchProgress;

    /// <summary>The search is over. Nothing follows.</summary>
    /// <param name="Searched">How many conversations were searched.</param>
    /// <param name="Incomplete">How many of them could not be searched completely: a row is damaged, or there are too many
    /// events.</param>
    /// <param name="BackTo">The last activity of the last conversation that was searched; null if none was.</param>
    /// <param name="ContinuationToken">Continues with older conversations; null if all were searched.</param>
    public sealed record Ended(
        int Searched, int Incomplete, DateTimeOffset? BackTo, string? ContinuationToken) : SearchProgress;
}
