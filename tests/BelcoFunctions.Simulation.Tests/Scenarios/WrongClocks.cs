using BelcoFunctions.Pipeline.Erasing;

namespace BelcoFunctions.Simulation.Tests.Scenarios;

/// <summary>Events whose sender's clock runs ahead, and events that do not say when they happened or in which shop.</summary>
internal static class WrongClocks
{
    private const string Shop = SimulatedEvent.Shop;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        Ahead("events are ahead of the clock while their conversation is erased",
            new ErasureRequest.OfConversation(Shop, "c", SimulatedEvent.Start.AddSeconds(10))),
        Ahead("events are ahead of the clock while their customer is erased",
            new ErasureRequest.OfCustomer(Shop, "erased", SimulatedEvent.Start.AddSeconds(10))),
        new Scenario("events without a date or a shop are kept while their customer is erased")
        {
            Before = [new("c", 1) { Customer = "erased" }, Unclear(2)],
            During = [Unclear(3), Unclear(30)],
            Writers =
            [
                Programs.Erase(new ErasureRequest.OfCustomer(Shop, "erased", SimulatedEvent.Start.AddSeconds(10))),
                Programs.Deliver("keeper", Unclear(3), Unclear(30)),
            ],
            Requests = [new ErasureRequest.OfCustomer(Shop, "erased", SimulatedEvent.Start.AddSeconds(10))],
        },
    ];

    private static SimulatedEvent Unclear(int second) => new("other", second)
    {
        EventName = SimulatedEvent.ContactUpdated,
        Customer = "erased",
        IsDated = second < 30,
        NamesShop = second != 2,
    };

    // Two events, one in the rows and one on its way, were received early enough to be erased, but have much later dates. With
    // them, an event is erased that was received too late but has an earlier date than they have. One with a later date stays.
    private static Scenario Ahead(string name, ErasureRequest request)
    {
        SimulatedEvent[] delivered =
        [
            new("c", 40) { Ahead = 35 }, new("c", 50) { IsLarge = true },
            new("c", 15) { Customer = "erased", Ahead = 8, IsLarge = true }, new("c", 60),
        ];
        return new Scenario(name)
        {
            Before =
            [
                new("c", 1) { Customer = "erased" }, new("c", 30) { Ahead = 25 }, new("c", 20), new("c", 70),
                new("c", 55) { Ahead = 50, IsKept = true },
            ],
            During = delivered,
            Writers = [Programs.Erase(request), Programs.Deliver("projector", delivered)],
            Requests = [request],
        };
    }
}
