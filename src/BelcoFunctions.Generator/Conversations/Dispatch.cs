using BelcoFunctions.Generator.Webhooks;
using Bogus;

namespace BelcoFunctions.Generator.Conversations;

/// <summary>Sends a webhook for each item of a history, as Belco does: up to some seconds later, with a snapshot of the
/// conversation from before or after the change.</summary>
internal static class Dispatch
{
    private const float SnapshotBeforeShare = 0.75f;
    private const float UnsentItemShare = 0.3f;
    private const float LateShare = 0.025f;
    private const float RepeatedShare = 0.03f;

    private static readonly TimeSpan ShortestLag = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestLag = TimeSpan.FromSeconds(4);

    public static IEnumerable<WebhookDelivery> Deliveries(ConversationHistory history, GeneratedShop shop, Randomizer random)
    {
        for (var index = 0; index < history.Items.Count; index++)
        {
            var webhook = ToWebhook(history, index, shop, random);
            var isLate = random.Bool(LateShare);
            var at = webhook.Date + (isLate
                ? random.Span(TimeSpan.FromMinutes(1), TimeSpan.FromHours(2))
                : random.Span(TimeSpan.FromMilliseconds(30), TimeSpan.FromMilliseconds(400)));
            yield return new(at, webhook, IsRepeated: false);
            if (random.Bool(RepeatedShare))
                yield return new(at + random.Span(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(30)), webhook, IsRepeated: true);
        }
    }

    private static WebhookBody ToWebhook(ConversationHistory history, int index, GeneratedShop shop, Randomizer random)
    {
        var (item, date) = (history.Items[index], history.Items[index].Item.CreatedAt + random.Span(ShortestLag, LongestLag));
        var later = history.Items.Skip(index + 1).TakeWhile(next => next.Item.CreatedAt <= date).LastOrDefault();
        var isBefore = item.Before != item.After && random.Bool(SnapshotBeforeShare);
        var shown = isBefore ? item.Before : later?.After ?? item.After;
        // Belco sends no webhook for some items, such as tags.
        var lastItemId = random.Bool(UnsentItemShare) ? random.BelcoId() : (isBefore ? item : later ?? item).Item.Id;
        return new()
        {
            RequestId = random.BelcoId(),
            EventName = item.EventName,
            Date = date,
            Payload = new()
            {
                ShopId = shop.Id,
                Conversation = new()
                {
                    Id = history.Id,
                    OrganizationId = shop.OrganizationId,
                    CustomerId = history.Customer.Id,
                    Channel = history.Channel.Name,
                    Type = "inbound-message",
                    Status = shown.Status,
                    AssignedTo = shown.AssignedTo,
                    FirstItemId = history.Items[0].Item.Id,
                    LastItemId = lastItemId,
                    CreatedAt = history.CreatedAt,
                },
                Item = item.Item,
            },
        };
    }
}
