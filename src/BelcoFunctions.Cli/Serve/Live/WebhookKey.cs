using BelcoFunctions.Viewer.Live;

namespace BelcoFunctions.Cli.Serve.Live;

/// <summary>Finds the webhook of a delivery. A webhook that Belco sends again differs in its moment. A queue keeps that in whole
/// milliseconds.</summary>
internal readonly record struct WebhookKey(long ReceivedAt, string? EventName, string? RequestId, string? ItemId)
{
    public WebhookKey(DateTimeOffset receivedAt, string? eventName, string? requestId, string? itemId)
        : this(receivedAt.ToUnixTimeMilliseconds(), eventName, requestId, itemId) { }

    public static WebhookKey From(LiveWebhook webhook) =>
        new(webhook.At, webhook.EventName, webhook.RequestId, webhook.ItemId);

    public bool Matches(LiveWebhook webhook) => webhook.At.ToUnixTimeMilliseconds() == ReceivedAt && From(webhook) == this;
}
