using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Simulation.Tests.Store;

namespace BelcoFunctions.Simulation.Tests.Scenarios;

/// <summary>Limits of the service, rows of others, merges, and many conversations.</summary>
internal static class Special
{
    private const string Shop = SimulatedEvent.Shop;
    private static readonly DateTimeOffset Later = SimulatedEvent.Start.AddHours(1);
    private static readonly StorePages EmptyPages = new(Rows: 1, Blobs: 1);

    public static IReadOnlyList<Scenario> All { get; } =
    [
        Projectors("two projectors and repeated events", Events("c", 4), Events("c", 4)),
        Projectors("two projectors and many conversations",
            [.. Events("a", 2), .. Events("b", 2), .. Events("c", 2)], [.. Events("c", 2), .. Events("b", 3), .. Events("d", 2)]),
        Projectors("two projectors, and the last of many conversations changes",
            [.. Enumerable.Range(1, 14).Select(index => new SimulatedEvent($"c{index}", 1))], [new("c14", 2)]),
        Projectors("two projectors and more events than a transaction has rows", Events("c", 101), Events("c", 99)),
        Projectors("two projectors and more bytes than a transaction has",
            [.. Events("c", 6).Select(Padded)], [.. Events("c", 7).Select(Padded)]),
        Projectors("two projectors give conversations the same new customer",
            [new("a", 1) { Customer = "x" }, new("b", 1) { Customer = "x" }],
            [new("a", 2) { Customer = "x" }, new("d", 1) { Customer = "x", Actor = "y" }]),
        Merge("customers are merged while one is erased", erased: "old"),
        Merge("customers are merged while the other is erased", erased: "new"),
        new Scenario("a large event is erased in its queue, and only it names the customer")
        {
            Before = [new("c", 1)],
            During = [new("c", 2) { Customer = "erased", IsLarge = true }],
            Writers =
            [
                Programs.Erase(new ErasureRequest.OfCustomer(Shop, "erased", Later)),
                Programs.Deliver("projector", new SimulatedEvent("c", 2) { Customer = "erased", IsLarge = true }),
            ],
            Requests = [new ErasureRequest.OfCustomer(Shop, "erased", Later)],
        },
        new Scenario("a kept event is erased, and only it names the customer")
        {
            Before = [new("c", 1)],
            During = [KeptOfErased],
            Writers =
            [
                Programs.Erase(new ErasureRequest.OfCustomer(Shop, "erased", Later)), Programs.Deliver("keeper", KeptOfErased),
            ],
            Requests = [new ErasureRequest.OfCustomer(Shop, "erased", Later)],
        },
        new Scenario("a large event is delivered again after it was erased")
        {
            Before = [new("c", 2)],
            During = [Large],
            Writers =
            [
                Programs.Erase(new ErasureRequest.OfConversation(Shop, "c", Later)),
                Programs.Deliver("first", Large), Programs.Deliver("second", Large),
            ],
            Requests = [new ErasureRequest.OfConversation(Shop, "c", Later)],
        },
        new Scenario("a row that cannot be read is rebuilt and erased")
        {
            Before = [new("c", 1), new("c", 200)],
            Damage = Damage.SetColumn("c", "Events", "two"),
            Writers =
            [
                Programs.Rebuild(),
                Programs.Erase(new ErasureRequest.OfConversation(Shop, "c", SimulatedEvent.Start.AddSeconds(150))),
            ],
            Requests = [new ErasureRequest.OfConversation(Shop, "c", SimulatedEvent.Start.AddSeconds(150))],
        },
        new Scenario("a conversation with too many rows for one transaction is erased while it grows")
        {
            Before = Events("c", 101),
            During = [new("c", 200)],
            Writers =
            [
                Programs.Erase(new ErasureRequest.OfConversation(Shop, "c", SimulatedEvent.Start.AddSeconds(150))),
                Programs.Deliver("projector", new SimulatedEvent("c", 200)),
            ],
            Requests = [new ErasureRequest.OfConversation(Shop, "c", SimulatedEvent.Start.AddSeconds(150))],
            Pages = StorePages.AsDocumented,
        },
        new Scenario("kept events happened at the last erased moment")
        {
            Before = [new("c", 1), Contact("c", 5)],
            During = [LateContact],
            Writers =
            [
                Programs.Erase(new ErasureRequest.OfConversation(Shop, "c", SimulatedEvent.Start.AddSeconds(5))),
                Programs.Deliver("keeper", LateContact),
            ],
            Requests = [new ErasureRequest.OfConversation(Shop, "c", SimulatedEvent.Start.AddSeconds(5))],
        },
        new Scenario("a rebuild beside the erasure of a part")
        {
            Before = [new("c", 1), new("c", 9)],
            Writers = [Programs.Erase(Earlier), Programs.Rebuild()],
            Requests = [Earlier],
        },
        new Scenario("a customer has no conversation, only kept events")
        {
            Before = [new("c", 1), Contact("other", 5) with { Customer = "erased" }],
            Writers = [Programs.Erase(new ErasureRequest.OfCustomer(Shop, "erased", Later))],
            Requests = [new ErasureRequest.OfCustomer(Shop, "erased", Later)],
        },
        new Scenario("two erasures of one conversation have different moments")
        {
            Before = [new("c", 1), Contact("c", 2), new("c", 3), Contact("c", 4)],
            Writers = [Programs.Erase(Earlier), Programs.Erase(new ErasureRequest.OfConversation(Shop, "c", Later))],
            Requests = [Earlier, new ErasureRequest.OfConversation(Shop, "c", Later)],
        },
        new Scenario("empty pages have next pages")
        {
            Before = [new("a", 1), new("b", 1) { Customer = "erased" }, new("c", 1), Contact("c", 2), Contact("d", 2)],
            During = [new("a", 2) { Customer = "erased" }],
            Writers =
            [
                Programs.Erase(new ErasureRequest.OfCustomer(Shop, "erased", Later)),
                Programs.Deliver("projector", new SimulatedEvent("a", 2) { Customer = "erased" }),
            ],
            Requests = [new ErasureRequest.OfCustomer(Shop, "erased", Later)],
            Pages = EmptyPages,
        },
        new Scenario("a newer version wrote a conversation")
        {
            Before = [new("n", 1), new("c", 1) { Customer = "erased" }],
            During = [new("n", 2), new("c", 2)],
            Newer = ["n"],
            Damage = Damage.SetColumn("n", "SchemaVersion", 1_000),
            Writers =
            [
                Programs.Deliver("projector", new("n", 2), new("c", 2)),
                Programs.Rebuild(),
                Programs.Erase(new ErasureRequest.OfCustomer(Shop, "erased", Later)),
            ],
            Requests = [new ErasureRequest.OfCustomer(Shop, "erased", Later)],
        },
        new Scenario("rows of the list are missing")
        {
            Before = [new("c", 1), new("d", 1)],
            During = [new("c", 2), new("d", 2), new("c", 3)],
            Damage = Damage.DeleteRecentRows,
            Writers =
            [
                Programs.Deliver("first", new("c", 2), new SimulatedEvent("d", 2)),
                Programs.Deliver("second", new SimulatedEvent("c", 3)),
            ],
        },
        new Scenario("a conversation with a full transaction gets a customer")
        {
            Before = [new("c", 200)],
            During = [.. Events("c", 96), new("c", 300) { Customer = "x" }],
            Writers = [Programs.Deliver("projector", [.. Events("c", 96), new("c", 300) { Customer = "x" }])],
            Pages = StorePages.AsDocumented,
        },
        new Scenario("a batch has one row more than a transaction")
        {
            During = OneRowTooMany,
            Writers = [Programs.Deliver("projector", OneRowTooMany)],
            Pages = StorePages.AsDocumented,
        },
        new Scenario("one event of a batch fits into no row")
        {
            During = [new("c", 1), TooLarge, new("c", 3), new("d", 4)],
            Writers =
            [
                Programs.Deliver("first", new("c", 1), TooLarge, new("c", 3), new("d", 4)),
                Programs.Deliver("second", new SimulatedEvent("c", 3)),
            ],
        },
        new Scenario("a large event is delivered twice in a batch")
        {
            During = [Large],
            Writers = [Programs.Deliver("first", Large, Large), Programs.Deliver("second", Large)],
        },
        new Scenario("a closed conversation is reopened while retention runs")
        {
            Before = [new("q", 1), new("q", 7) { EventName = EventNames.ConversationClosed }],
            During = [Reopened],
            Writers = [Programs.Retain(new(RetentionSettings.MinDays)), Programs.Deliver("projector", Reopened)],
            HasRetention = true,
        },
        new Scenario("a wrong row is rebuilt while events arrive")
        {
            Before = [new("c", 1), new("c", 2)],
            During = [new("c", 3), new("c", 4)],
            Damage = Damage.SetColumn("c", "Events", 7),
            Writers = [Programs.Rebuild(), Programs.Deliver("first", new SimulatedEvent("c", 3)),
                Programs.Deliver("second", new SimulatedEvent("c", 4))],
        },
    ];

    // 101 rows: three for each of the 32 conversations with one event, and five for the conversation with three events.
    private static SimulatedEvent[] OneRowTooMany =>
        [.. Enumerable.Range(1, 32).Select(index => new SimulatedEvent($"c{index}", 1)), .. Events("last", 3)];

    private static SimulatedEvent[] Events(string conversation, int count) =>
        [.. Enumerable.Range(1, count).Select(second => new SimulatedEvent(conversation, second))];

    private static SimulatedEvent Padded(SimulatedEvent e) => e with { Padding = 500_000 };

    private static SimulatedEvent[] Merged => [new("c", 2) { Customer = "new", Actor = "old" }, new("c", 3) { Customer = "new" }];

    private static ErasureRequest Earlier => new ErasureRequest.OfConversation(Shop, "c", SimulatedEvent.Start.AddSeconds(2));

    private static SimulatedEvent LateContact => Contact("c", 5) with { Telling = 2, IsLarge = true };

    private static SimulatedEvent KeptOfErased => new("c", 3) { Customer = "erased", IsKept = true, IsLarge = true };

    private static SimulatedEvent TooLarge => new("c", 2) { Padding = SimulatedEvent.TooLarge + 1 };

    private static SimulatedEvent Large => new("c", 1) { IsLarge = true };

    private static SimulatedEvent Reopened => new("q", 30) { EventName = EventNames.ConversationReopened };

    private static SimulatedEvent Contact(string conversation, int second) =>
        new(conversation, second) { EventName = SimulatedEvent.ContactUpdated };

    private static Scenario Merge(string name, string erased) => new(name)
    {
        Before = [new("c", 1) { Customer = "old" }],
        During = Merged,
        Writers =
        [
            Programs.Deliver("projector", Merged), Programs.Erase(new ErasureRequest.OfCustomer(Shop, erased, Later)),
        ],
        Requests = [new ErasureRequest.OfCustomer(Shop, erased, Later)],
    };

    private static Scenario Projectors(string name, SimulatedEvent[] first, SimulatedEvent[] second) => new(name)
    {
        During = [.. first.Concat(second).Distinct()],
        Writers = [Programs.Deliver("first", first), Programs.Deliver("second", second)],
        Pages = StorePages.AsDocumented,
    };
}
