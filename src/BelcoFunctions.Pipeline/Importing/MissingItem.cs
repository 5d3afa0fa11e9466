namespace BelcoFunctions.Pipeline.Importing;

/// <summary>An item that Belco's API listed and that cannot be written, so that the archive lacks it.</summary>
/// <param name="ConversationId">Its conversation.</param>
/// <param name="ItemId">Its id; null if the API gave none that can be used.</param>
/// <param name="Reason">A sentence in our own words, without any text of the item.</param>
public sealed record MissingItem(string ConversationId, string? ItemId, string Reason);
