using BelcoFunctions.Generator.Conversations;

namespace BelcoFunctions.Generator.Tests;

/// <summary>A generated shop that is large enough for all rare events.</summary>
public sealed class ShopFixture
{
    public const int Seed = 1;
    public const int Conversations = 600;
    public const int Days = 30;
    public static readonly DateTimeOffset End = new(2025, 11, 10, 22, 30, 0, TimeSpan.Zero);

    public GeneratedShop Shop { get; } = new(Seed);

    public IReadOnlyList<WebhookDelivery> Deliveries { get; }

    internal IReadOnlyList<ConversationHistory> Histories { get; }

    public ShopFixture() =>
        (Deliveries, Histories) = ([.. Shop.Deliveries(Conversations, End)], [.. Shop.Histories(Conversations, End)]);
}
