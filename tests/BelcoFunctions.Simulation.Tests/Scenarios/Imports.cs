using BelcoFunctions.Pipeline.Erasing;

namespace BelcoFunctions.Simulation.Tests.Scenarios;

/// <summary>Import writes items and what Belco's API said of their conversation, while others write. Each kind of writer beside
/// it is in <see cref="Pairs"/>.</summary>
internal static class Imports
{
    private const string Shop = SimulatedEvent.Shop;
    private const string Erased = "erased";

    private static readonly ErasureRequest Customer =
        new ErasureRequest.OfCustomer(Shop, Erased, SimulatedEvent.Start.AddHours(1));
    private static readonly ErasureRequest Conversation =
        new ErasureRequest.OfConversation(Shop, "c", SimulatedEvent.Start.AddSeconds(5));

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new Scenario("two imports read a conversation at different moments")
        {
            Before = [new("c", 1)],
            ImportedDuring = [Earlier, Changed],
            Writers = [ImportPrograms.Write("earlier", Earlier), ImportPrograms.Write("later", Changed)],
        },
        new Scenario("an import of what was read before an erasure")
        {
            Before = [new("c", 1) { IsLarge = true }, new("c", 9)],
            ImportedBefore = [new("c", 10) { Items = [new("c", 1)], Customer = "friend" }],
            ImportedDuring = [Before],
            Writers = [Programs.Erase(Conversation), ImportPrograms.Write("import", Before)],
            Requests = [Conversation],
        },
        new Scenario("a conversation that began after an erasure is imported")
        {
            Before = [new("c", 1)],
            ImportedDuring = [After],
            Writers = [Programs.Erase(Conversation), ImportPrograms.Write("import", After)],
            Requests = [Conversation],
        },
        new Scenario("an import reads the customer who is erased")
        {
            Before = [new("c", 1), new("c", 4000)],
            ImportedDuring = [OfErased],
            Writers = [Programs.Erase(Customer), ImportPrograms.Write("import", OfErased)],
            Requests = [Customer],
        },
        new Scenario("only an earlier import names the customer who is erased")
        {
            Before = [new("c", 1) { Customer = "friend" }, new("c", 8000) { Customer = "friend" }],
            ImportedBefore = [new("c", 7200) { Items = [new("c", 1)], Customer = Erased }],
            During = [new("c", 2) { Customer = "friend" }],
            Writers =
            [
                Programs.Erase(Customer), Programs.Deliver("projector", new SimulatedEvent("c", 2) { Customer = "friend" }),
            ],
            Requests = [Customer],
        },
        new Scenario("an imported item names the customer who is erased")
        {
            ImportedDuring = [ByErased],
            Writers = [Programs.Erase(Customer), ImportPrograms.Write("import", ByErased)],
            Requests = [Customer],
        },
        new Scenario("an import learns that a conversation is closed")
        {
            Before = [new("q", 1)],
            ImportedBefore = [new("q", 50) { Items = [new("q", 1)], Status = "closed" }],
            ImportedDuring = [Reopened],
            Writers = [Programs.Retain(new(RetentionSettings.MinDays)), ImportPrograms.Write("import", Reopened)],
            HasRetention = true,
        },
        new Scenario("an item is imported beside a projector and a rebuild")
        {
            Before = [new("c", 1)],
            During = [new("c", 2) { IsLarge = true }],
            ImportedDuring = [Changed],
            Writers =
            [
                Programs.Deliver("projector", new SimulatedEvent("c", 2) { IsLarge = true }),
                ImportPrograms.Write("import", Changed),
                Programs.Rebuild(),
            ],
        },
        new Scenario("a run of the import while a customer is erased")
        {
            Before = [new("r", 1) { Customer = Erased }],
            ImportedDuring = OfShop,
            Writers = [Programs.Erase(Customer), ImportPrograms.Run("run", OfShop)],
            Requests = [Customer],
            HasRun = true,
        },
        new Scenario("a run of the import beside a projector")
        {
            During = Arriving,
            ImportedDuring = OfShop,
            Writers = [Programs.Deliver("projector", Arriving), ImportPrograms.Run("run", OfShop)],
            HasRun = true,
        },
    ];

    // No two conversations have a customer in common: one would wait for the other in a thread of the pool.
    private static SimulatedImport[] OfShop =>
    [
        new("r", 100) { Items = [new("r", 1), new("r", 2) { IsLarge = true }], Customer = Erased },
        new("s", 100) { Items = [new("s", 3)], Customer = "friend" },
    ];

    private static SimulatedEvent[] Arriving =>
        [new("r", 1) { IsLarge = true }, new("r", 2) { Telling = 2, IsLarge = true }, new("s", 40)];

    private static SimulatedImport Earlier => new("c", 100)
    {
        Items = [new("c", 1), new("c", 2) { IsLarge = true }],
        Customer = "friend",
        Assignee = "agent",
    };

    private static SimulatedImport Changed => new("c", 200)
    {
        Items = [new("c", 2) { Telling = 2, IsLarge = true }, new("c", 3)],
        Status = "closed",
    };

    private static SimulatedImport Before =>
        new("c", 3) { Items = [new("c", 1), new("c", 2) { IsLarge = true }], Assignee = "agent" };

    private static SimulatedImport After => new("c", 20) { Items = [new("c", 12)], Created = 12 };

    private static SimulatedImport OfErased => new("c", 5000) { Items = [new("c", 1), new("c", 2)], Customer = Erased };

    private static SimulatedImport ByErased =>
        new("c", 100) { Items = [new("c", 1) { Actor = Erased, IsLarge = true }, new("c", 2)] };

    private static SimulatedImport Reopened => new("q", 60) { Items = [new("q", 1), new("q", 55)] };
}
