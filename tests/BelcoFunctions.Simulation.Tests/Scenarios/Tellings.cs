using BelcoFunctions.Pipeline.Erasing;

namespace BelcoFunctions.Simulation.Tests.Scenarios;

/// <summary>Several webhooks tell of one item. Some say the same, and some say something else.</summary>
internal static class Tellings
{
    private const string Shop = SimulatedEvent.Shop;
    private static readonly DateTimeOffset Later = SimulatedEvent.Start.AddHours(1);

    /// <summary>It once went wrong with a preemption and a kill.</summary>
    public static Scenario WhileErased { get; } = new("another telling is stored while its conversation is erased")
    {
        Before = [new("c", 1), new("c", 2), new("c", 9)],
        During = Others,
        Writers =
        [
            Programs.Deliver("projector", Others),
            Programs.Erase(new ErasureRequest.OfConversation(Shop, "c", SimulatedEvent.Start.AddSeconds(5))),
        ],
        Requests = [new ErasureRequest.OfConversation(Shop, "c", SimulatedEvent.Start.AddSeconds(5))],
    };

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new Scenario("two webhooks tell of the same items")
        {
            During = [.. FirstWebhook, .. SecondWebhook],
            Writers = [Programs.Deliver("first", FirstWebhook), Programs.Deliver("second", SecondWebhook)],
        },
        new Scenario("a batch has several tellings of an item")
        {
            During = Batch,
            Writers = [Programs.Deliver("projector", Batch), Programs.Deliver("second", [.. Batch.Reverse()])],
        },
        WhileErased,
        new Scenario("only another telling names the customer who is erased")
        {
            Before = [new("c", 1) { Customer = "friend" }],
            During = [OfErased],
            Writers =
            [
                Programs.Deliver("projector", OfErased), Programs.Erase(new ErasureRequest.OfCustomer(Shop, "erased", Later)),
            ],
            Requests = [new ErasureRequest.OfCustomer(Shop, "erased", Later)],
        },
        new Scenario("another telling is stored while retention runs")
        {
            Before = [new("q", 1), new("q", 7) { EventName = EventNames.ConversationClosed }],
            During = [Closing],
            Writers = [Programs.Deliver("projector", Closing), Programs.Retain(new(RetentionSettings.MinDays))],
            HasRetention = true,
        },
        new Scenario("kept tellings are replayed while others arrive")
        {
            Before = [new("c", 1) { IsKept = true, IsLarge = true }, new("c", 2) { IsKept = true, IsLarge = true }],
            During = AtReplay,
            Writers = [Programs.Replay, Programs.Deliver("projector", AtReplay)],
        },
        new Scenario("another telling is stored while its conversation is rebuilt")
        {
            Before = [new("c", 1), new("c", 2)],
            During = Others,
            Writers = [Programs.Deliver("projector", Others), Programs.Rebuild()],
        },
    ];

    private static SimulatedEvent[] FirstWebhook =>
    [
        new("c", 1) { EventName = EventNames.ConversationCreated }, new("c", 2) { IsLarge = true }, new("c", 3),
    ];

    // The same, the same with a blob of its own, and something else with a blob.
    private static SimulatedEvent[] SecondWebhook =>
    [
        new("c", 1) { Webhook = 2 }, new("c", 2) { Webhook = 2, IsLarge = true },
        new("c", 3) { Webhook = 2, Telling = 2, IsLarge = true },
    ];

    private static SimulatedEvent[] Batch =>
    [
        new("c", 1) { IsLarge = true }, new("c", 1) { Webhook = 2, IsLarge = true },
        new("c", 1) { Webhook = 3, Telling = 2, IsLarge = true }, new("c", 1) { Telling = 3, IsLarge = true },
    ];

    private static SimulatedEvent[] Others =>
    [
        new("c", 1) { Webhook = 2, Telling = 2, IsLarge = true }, new("c", 2) { Webhook = 2, Telling = 2 },
        new("c", 9) { Webhook = 2, Telling = 2, IsLarge = true },
    ];

    private static SimulatedEvent OfErased =>
        new("c", 1) { Webhook = 2, Telling = 2, Customer = "erased", Actor = "erased", IsLarge = true };

    private static SimulatedEvent Closing =>
        new("q", 7) { EventName = EventNames.ConversationClosed, Webhook = 2, Telling = 2, IsLarge = true };

    private static SimulatedEvent[] AtReplay =>
        [new("c", 1) { Webhook = 2, IsLarge = true }, new("c", 2) { Webhook = 2, Telling = 2, IsLarge = true }];
}
