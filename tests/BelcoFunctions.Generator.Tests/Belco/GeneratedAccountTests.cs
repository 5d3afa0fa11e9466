using BelcoFunctions.Testing.Belco;

namespace BelcoFunctions.Generator.Tests.Belco;

/// <summary>A generated shop is the same whether its webhooks or the false Belco tell of it.</summary>
public sealed class GeneratedAccountTests
{
    private static readonly DateTimeOffset End = new(2025, 6, 11, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Its_items_are_those_of_the_webhooks()
    {
        var shop = new GeneratedShop(7);
        var told = shop.Deliveries(60, End).Where(delivery => !delivery.IsRepeated)
            .Select(delivery => delivery.Webhook.ToJson()["payload"]!["conversation_item"]!.ToJsonString());

        var answered = GeneratedAccount.Of(new(7), 60, End).Conversations.All.SelectMany(one => one.Items)
            .Select(item => item.ToJsonString());

        Assert.Equal(told.Order(StringComparer.Ordinal), answered.Order(StringComparer.Ordinal));
    }
}
