namespace BelcoFunctions.Generator.Webhooks;

/// <summary>The ids in a webhook that identify it and its item.</summary>
public sealed record WebhookIds(string RequestId, string ShopId, string ConversationId, string ItemId);
