namespace BelcoFunctions.Generator.Tests;

/// <summary>A generated shop posts webhooks that Belco could post.</summary>
public sealed class DeliveryTests(ShopFixture fixture) : IClassFixture<ShopFixture>
{
    [Fact]
    public void The_same_arguments_give_the_same_bytes() => Assert.Equal(
        Bodies(new GeneratedShop(ShopFixture.Seed), ShopFixture.End), fixture.Deliveries.Select(ToText));

    [Fact]
    public void A_different_seed_or_end_gives_different_conversations()
    {
        var conversations = ConversationIds(fixture.Deliveries);
        var later = ShopFixture.End.AddMinutes(1);
        Assert.Empty(conversations.Intersect(ConversationIds(Deliver(new GeneratedShop(ShopFixture.Seed + 1), ShopFixture.End))));
        Assert.Empty(conversations.Intersect(ConversationIds(Deliver(new GeneratedShop(ShopFixture.Seed), later))));
    }

    [Fact]
    public void There_are_as_many_conversations_as_asked_for() =>
        Assert.Equal(ShopFixture.Conversations, ConversationIds(fixture.Deliveries).Count());

    [Fact]
    public void The_id_of_the_shop_can_be_given() => Assert.All(
        new GeneratedShop(ShopFixture.Seed, "my-shop").Deliveries(5, ShopFixture.End),
        delivery => Assert.Equal("my-shop", delivery.Webhook.ToUtf8().ToEvent().ShopId));

    [Fact]
    public void Every_webhook_can_be_projected() => Assert.All(fixture.Deliveries, delivery =>
    {
        var e = delivery.Webhook.ToUtf8().ToEvent();
        Assert.Equal(fixture.Shop.Id, e.ShopId);
        Assert.All(
            (string?[])[e.RequestId, e.ShopId, e.Conversation.Id, e.Conversation.OrganizationId, e.Conversation.CustomerId,
                e.Conversation.FirstItemId, delivery.Webhook.Payload.Conversation.LastItemId, e.Item.Id],
            id => Assert.Matches("^[A-Za-z0-9]{17}$", id));
    });

    [Fact]
    public void They_are_dispatched_as_late_as_Belco_dispatches_them() => Assert.All(fixture.Deliveries, delivery =>
        Assert.InRange((delivery.Webhook.Date - delivery.Webhook.Payload.Item.CreatedAt).TotalSeconds, 0.1, 4));

    [Fact]
    public void They_arrive_in_order_some_of_them_late_twice_or_after_a_later_one()
    {
        var arrivals = fixture.Deliveries.Select(delivery => delivery.At).ToList();
        Assert.Equal(arrivals.Order(), arrivals);
        Assert.Contains(fixture.Deliveries, delivery =>
            !delivery.IsRepeated && delivery.At - delivery.Webhook.Date > TimeSpan.FromMinutes(30));
        Assert.Contains(fixture.Deliveries.Where(delivery => !delivery.IsRepeated)
            .GroupBy(delivery => delivery.Webhook.Payload.Conversation.Id), conversation =>
            conversation.Zip(conversation.Skip(1))
                .Any(pair => pair.First.Webhook.Payload.Item.CreatedAt > pair.Second.Webhook.Payload.Item.CreatedAt));
        Assert.Equal(
            fixture.Deliveries.GroupBy(ToText).SelectMany(copies => copies.Skip(1)).Select(ToText).Order(),
            fixture.Deliveries.Where(delivery => delivery.IsRepeated).Select(ToText).Order());
        Assert.Contains(fixture.Deliveries, delivery => delivery.IsRepeated);
    }

    [Fact]
    public void Snapshots_are_from_before_or_after_the_change_and_may_name_an_item_that_is_not_sent()
    {
        var closes = Named(EventNames.ConversationClosed).Select(e => e.Conversation.Status).ToList();
        Assert.Contains("open", closes);
        Assert.Contains("closed", closes);
        var items = fixture.Deliveries.Select(delivery => delivery.Webhook.Payload.Item.Id).ToHashSet();
        Assert.Contains(fixture.Deliveries, delivery => !items.Contains(delivery.Webhook.Payload.Conversation.LastItemId!));
    }

    [Fact]
    public void Projecting_all_webhooks_gives_the_state_of_the_shop()
    {
        var events = fixture.Deliveries.Select(delivery => delivery.Webhook.ToUtf8().ToEvent())
            .DistinctBy(e => e.Identity).ToLookup(e => e.Conversation.Id);
        Assert.All(fixture.Histories, history =>
        {
            var state = events[history.Id].Fold();
            Assert.Equal(events[history.Id].OrderBy(e => e.Item.CreatedAt).Fold(), state);
            Assert.Equal((history.State.Status, history.State.AssignedTo), (state.Status.Value, state.AssignedTo.Value));
            Assert.Equal(history.Items.Count, state.Events);
            Assert.Equal(history.Items[0].Item.Id, state.FirstItemId.Value);
            Assert.Equal(history.Items[^1].Item.Id, state.LastItem!.Value.ItemId);
        });
    }

    private IEnumerable<BelcoEvent> Named(string eventName) => fixture.Deliveries
        .Where(delivery => delivery.Webhook.EventName == eventName).Select(delivery => delivery.Webhook.ToUtf8().ToEvent());

    private static IEnumerable<WebhookDelivery> Deliver(GeneratedShop shop, DateTimeOffset end) =>
        shop.Deliveries(ShopFixture.Conversations, end);

    private static IEnumerable<string> Bodies(GeneratedShop shop, DateTimeOffset end) => Deliver(shop, end).Select(ToText);

    private static IEnumerable<string> ConversationIds(IEnumerable<WebhookDelivery> deliveries) =>
        deliveries.Select(delivery => delivery.Webhook.Payload.Conversation.Id).Distinct();

    private static string ToText(WebhookDelivery delivery) => System.Text.Encoding.UTF8.GetString(delivery.Webhook.ToUtf8());
}
