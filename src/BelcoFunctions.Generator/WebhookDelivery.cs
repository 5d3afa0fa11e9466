using BelcoFunctions.Generator.Webhooks;

namespace BelcoFunctions.Generator;

/// <summary>A webhook that arrives.</summary>
/// <param name="At">When it arrives.</param>
/// <param name="Webhook">Its body.</param>
/// <param name="IsRepeated">Whether the same bytes arrived before.</param>
public sealed record WebhookDelivery(DateTimeOffset At, WebhookBody Webhook, bool IsRepeated);
