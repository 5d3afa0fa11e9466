using BelcoFunctions.Viewer.Live;

namespace BelcoFunctions.Cli.Serve.Live;

/// <summary>Matches a delivery with its webhook. A webhook that Belco sends again has another time of arrival. Queues store
/// that time in whole milliseconds.</summary>
internal readonly record struct WebhookKey(long ReceivedAt, string? EventName, string? RequestId, string? ItemId)
{
    public WebhookKey(DateTimeOffset receivedAt, string? eventName, string? requestId, string? itemId)
        : this(receivedAt.ToUnixTimeMilliseconds(), eventName, requestId, itemId) { }

    public static WebhookKey From(LiveWebhook webhook) =>
        new(webhook.At, webhook.EventName, webhook.RequestId, webhook.ItemId);

    public bool Matches(LiveWebhook webhook) => webhook.At.ToUnixTimeMilliseconds() == ReceivedAt && From(webhook) == this;
}
