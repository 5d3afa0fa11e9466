using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Simulation.Tests.Scheduling;

namespace BelcoFunctions.Simulation.Tests.Scenarios;

/// <summary>All pairs of writers, and three writers at once, on one shop with work for each.</summary>
internal static class Pairs
{
    private const string Shop = SimulatedEvent.Shop;
    private const string Erased = "erased";

    private static readonly DateTimeOffset Later = SimulatedEvent.Start.AddHours(1);

    private static readonly ErasureRequest Conversation =
        new ErasureRequest.OfConversation(Shop, "c", SimulatedEvent.Start.AddSeconds(5));
    private static readonly ErasureRequest Customer = new ErasureRequest.OfCustomer(Shop, Erased, Later);

    // New, known and large events; one gives the conversation its customer.
    private static readonly SimulatedEvent[] Projected =
    [
        new("c", 1), new("c", 4) { IsLarge = true }, new("c", 9) { Customer = Erased }, new("q", 2),
    ];

    private static readonly SimulatedEvent[] Kept =
    [
        new("c", 3) { EventName = SimulatedEvent.ContactUpdated, IsLarge = true },
        new("other", 6) { EventName = SimulatedEvent.ContactUpdated, Customer = Erased },
    ];

    private static readonly SimulatedEvent[] Dead =
    [
        new("c", 2) { IsLarge = true },
        new("other", 8) { EventName = SimulatedEvent.ContactUpdated, Customer = Erased, IsLarge = true },
    ];

    // A known item, one that the projector's event says something else of, a new one, and a closed conversation.
    private static readonly SimulatedImport[] Imported =
    [
        new("c", 7200) { Items = [new("c", 1), new("c", 4) { Telling = 2, IsLarge = true }, new("c", 11)], Customer = Erased },
        new("q", 7200) { Items = [new("q", 2)], Status = "closed" },
    ];

    private static readonly Kind[] Kinds =
    [
        new("projector", () => Programs.Deliver("projector", Projected)) { During = Projected },
        new("erase conversation", () => Programs.Erase(Conversation)) { Request = Conversation },
        new("erase customer", () => Programs.Erase(Customer)) { Request = Customer },
        new("retention", () => Programs.Retain(new(RetentionSettings.MinDays))) { IsRetention = true },
        new("rebuild", () => Programs.Rebuild()),
        new("replay", () => Programs.Replay),
        new("keeper", () => Programs.Deliver("keeper", Kept)) { During = Kept },
        new("erase dead letters", () => Programs.EraseDeadLetters) { DeadLetters = Dead },
        new("import", () => ImportPrograms.Write("import", Imported)) { Imports = Imported },
    ];

    public static IReadOnlyList<Scenario> Two { get; } =
    [
        .. from first in Enumerable.Range(0, Kinds.Length)
           from second in Enumerable.Range(first, Kinds.Length - first)
           select Beside(Kinds[first], Kinds[second]),
    ];

    public static IReadOnlyList<Scenario> Three { get; } =
    [
        Beside(Kinds[0], Kinds[1], Kinds[3]),
        Beside(Kinds[0], Kinds[2], Kinds[4]),
        Beside(Kinds[6], Kinds[2], Kinds[5]),
        Beside(Kinds[0], Kinds[2], Kinds[7]),
        Beside(Kinds[0], Kinds[2], Kinds[8]),
    ];

    private static Scenario Beside(params Kind[] kinds) => new(string.Join(" beside ", kinds.Select(kind => kind.Name)))
    {
        Before =
        [
            new("c", 1), new("q", 1), new("q", 7) { EventName = EventNames.ConversationClosed },
            new("d", 1) { Customer = Erased, Actor = "friend" }, new("d", 3) { Customer = "friend" },
            new("q", 3) { EventName = SimulatedEvent.ContactUpdated },
            new("c", 6) { IsKept = true, IsLarge = true }, new("e", 2) { IsKept = true, Customer = Erased },
        ],
        During = [.. kinds.SelectMany(kind => kind.During).Distinct()],
        ImportedDuring = [.. kinds.SelectMany(kind => kind.Imports).Distinct()],
        DeadLetters = [.. kinds.SelectMany(kind => kind.DeadLetters).Distinct()],
        Writers = [.. kinds.Select(kind => kind.Program())],
        Requests = [.. kinds.Select(kind => kind.Request).OfType<ErasureRequest>().Distinct()],
        HasRetention = kinds.Any(kind => kind.IsRetention),
    };

    private sealed record Kind(string Name, Func<WriterProgram> Program)
    {
        public IReadOnlyList<SimulatedEvent> During { get; init; } = [];

        public IReadOnlyList<SimulatedEvent> DeadLetters { get; init; } = [];

        public IReadOnlyList<SimulatedImport> Imports { get; init; } = [];

        public ErasureRequest? Request { get; init; }

        public bool IsRetention { get; init; }
    }
}
