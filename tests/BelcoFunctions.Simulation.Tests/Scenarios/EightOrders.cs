using BelcoFunctions.Pipeline.Erasing;

namespace BelcoFunctions.Simulation.Tests.Scenarios;

/// <summary>Eight orders of requests in which erasing once went wrong.</summary>
internal static class EightOrders
{
    private const string Shop = SimulatedEvent.Shop;
    private static readonly DateTimeOffset Later = SimulatedEvent.Start.AddHours(1);
    private static readonly ErasureRequest Customer = new ErasureRequest.OfCustomer(Shop, "erased", Later);

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new Scenario("a projector finds the mark of a killed retention")
        {
            Before = [new("q", 1), Closed("q", 20), Kept("q", 5)],
            During = [new("q", 2)],
            Writers = [Programs.Deliver("projector", new SimulatedEvent("q", 2)), Programs.Retain(new(30))],
            HasRetention = true,
        },
        new Scenario("an erasure finds the mark of a killed retention")
        {
            Before = [new("c", 1), new("q", 1), Closed("q", 20), Kept("q", 5)],
            Writers = [Programs.Erase(new ErasureRequest.OfConversation(Shop, "c", Later)), Programs.Retain(new(30))],
            Requests = [new ErasureRequest.OfConversation(Shop, "c", Later)],
            HasRetention = true,
        },
        new Scenario("a late event gives a conversation an erased customer")
        {
            Before = [new("v", 1), Kept("v", 2)],
            During = [new("v", 3) { Customer = "erased" }],
            Writers =
            [
                Programs.Erase(Customer),
                Programs.Deliver("projector", new SimulatedEvent("v", 3) { Customer = "erased" }),
            ],
            Requests = [Customer],
        },
        new Scenario("a large event is kept while its customer is erased")
        {
            Before = [new("c", 1) { Customer = "erased" }],
            During = [LargeContact],
            Writers = [Programs.Deliver("keeper", LargeContact), Programs.Erase(Customer)],
            Requests = [Customer],
        },
        new Scenario("a rebuild corrects the customer of a conversation while that customer is erased")
        {
            Before = [new("v", 1) { Customer = "erased" }],
            Damage = Damage.SetColumn("v", "CustomerId", "another"),
            Writers = [Programs.Erase(Customer), Programs.Rebuild()],
            Requests = [Customer],
        },
        new Scenario("a rebuild beside an erasure")
        {
            Before = [new("c", 1) { IsLarge = true }, new("c", 2)],
            Writers = [Programs.Rebuild(), Programs.Erase(new ErasureRequest.OfConversation(Shop, "c", Later))],
            Requests = [new ErasureRequest.OfConversation(Shop, "c", Later)],
        },
        new Scenario("a large event of another customer names the erased one as its agent")
        {
            During = [AnotherCustomers],
            Writers = [Programs.Deliver("projector", AnotherCustomers), Programs.Erase(Customer)],
            Requests = [Customer],
        },
        new Scenario("one event has two large bodies, and its conversation is erased")
        {
            During = [Telling(1), Telling(2)],
            Writers =
            [
                Programs.Deliver("projector", Telling(1), Telling(2)),
                Programs.Erase(new ErasureRequest.OfConversation(Shop, "c", Later)),
            ],
            Requests = [new ErasureRequest.OfConversation(Shop, "c", Later)],
        },
        new Scenario("one event has two large bodies")
        {
            During = [Telling(1), Telling(2)],
            Writers = [Programs.Deliver("first", Telling(1), Telling(2)), Programs.Deliver("second", Telling(2), Telling(1))],
        },
    ];

    private static SimulatedEvent LargeContact => new("other", 5)
    {
        EventName = SimulatedEvent.ContactUpdated,
        Customer = "erased",
        IsLarge = true,
    };

    private static SimulatedEvent AnotherCustomers => new("w", 1) { Customer = "another", Assignee = "erased", IsLarge = true };

    private static SimulatedEvent Closed(string conversation, int second) =>
        new(conversation, second) { EventName = EventNames.ConversationClosed };

    private static SimulatedEvent Kept(string conversation, int second) =>
        new(conversation, second) { EventName = SimulatedEvent.ContactUpdated };

    private static SimulatedEvent Telling(int telling) => new("c", 1) { Telling = telling, IsLarge = true };
}
