namespace BelcoFunctions.Pipeline.Queries.Search;

/// <summary>A conversation that has every part of the query.</summary>
/// <param name="Conversation">Its state.</param>
/// <param name="Names">The names of its people.</param>
/// <param name="Places">Where the parts of the query are: each part at least once, and a few places more.</param>
public sealed record FoundConversation(ConversationSummary Conversation, Names Names, IReadOnlyList<FoundPlace> Places);
