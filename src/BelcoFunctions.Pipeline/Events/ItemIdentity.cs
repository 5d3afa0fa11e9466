namespace BelcoFunctions.Pipeline.Events;

/// <summary>Identifies an item, whoever tells of it: several webhooks, and Belco's API. Tellings with the same values are of the
/// same item.</summary>
/// <param name="ShopId">The shop.</param>
/// <param name="ConversationId">The conversation.</param>
/// <param name="CreatedAt">When it happened, to the millisecond.</param>
/// <param name="ItemId">The item's id.</param>
/// <param name="Kind">One of <see cref="ItemKind"/>.</param>
public readonly record struct ItemIdentity(
    string ShopId, string ConversationId, DateTimeOffset CreatedAt, string ItemId, string Kind);
