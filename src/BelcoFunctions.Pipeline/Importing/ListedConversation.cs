namespace BelcoFunctions.Pipeline.Importing;

/// <summary>A conversation in Belco's list. What the list says of it is a hint: only reading the conversation proves
/// anything.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ShopId">Its shop; null if the list does not say.</param>
/// <param name="CreatedAt">When it began; null if the list does not say.</param>
/// <param name="Hash">The SHA-256 of the entry: it changes with any field.</param>
internal sealed record ListedConversation(string Id, string? ShopId, DateTimeOffset? CreatedAt, string Hash);
