using System.Globalization;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Simulation.Tests.Scheduling;
using BelcoFunctions.Simulation.Tests.Store;

namespace BelcoFunctions.Simulation.Tests.Scenarios;

/// <summary>Generates a scenario: a few customers in a few conversations that are sometimes merged, events of each kind
/// before the writers start and while they run, and two to five writers. The same seed gives the same scenario.</summary>
internal static class GeneratedHistory
{
    private const string Shop = SimulatedEvent.Shop;

    public static Scenario Create(int seed)
    {
        var random = new Random(seed);
        // From another source, so that the rest of a history does not depend on it.
        var ofTellings = new Random(seed ^ 0x5EED);
        SimulatedEvent[] before = Events(random, random.Next(1, 7), first: 1);
        SimulatedEvent[] events = Events(random, random.Next(1, 6), first: 4);
        SimulatedEvent[] tellings = Tellings(ofTellings, [.. before, .. events]);
        // The first projector gets one of the earlier events again, and half of the tellings. The second gets the other
        // tellings, and some of the events that the first gets.
        SimulatedEvent[] first = [.. events, before[0], .. tellings.Where((_, index) => index % 2 == 0)];
        SimulatedEvent[] second = [.. events.Where(_ => random.Next(2) == 0), .. tellings.Where((_, index) => index % 2 == 1)];
        var requests = Enumerable.Range(0, random.Next(3)).Select(_ => Request(random)).Distinct().ToList();
        var hasRetention = random.Next(3) == 0;
        List<WriterProgram> writers = [Programs.Deliver("first", first), .. requests.Select(Programs.Erase)];
        if (hasRetention) writers.Add(Programs.Retain(new(RetentionSettings.MinDays)));
        if (second.Length > 0 && (random.Next(2) == 0 || tellings.Length > 1)) writers.Add(Programs.Deliver("second", second));
        if (writers.Count < 3 && random.Next(2) == 0) writers.Add(Programs.Rebuild());
        SimulatedImport[] imports = Imports(ofTellings, [.. before, .. events]);
        if (imports.Length > 0) writers.Add(ImportPrograms.Write("import", imports));
        if (writers.Count < 3) writers.Add(Programs.Replay);
        return new Scenario($"generated {seed.ToString(CultureInfo.InvariantCulture)}")
        {
            Before = before,
            During = [.. events, .. tellings],
            ImportedDuring = imports,
            Writers = writers,
            Requests = requests,
            HasRetention = hasRetention,
            Pages = random.Next(3) == 0 ? StorePages.AsDocumented : new StorePages(random.Next(1, 6), random.Next(1, 4)),
        };
    }

    private static ErasureRequest Request(Random random)
    {
        var through = SimulatedEvent.Start.AddSeconds(random.Next(0, 20));
        return random.Next(2) == 0
            ? new ErasureRequest.OfConversation(Shop, Pick(random, "a", "b"), through)
            : new ErasureRequest.OfCustomer(Shop, Pick(random, "x", "y"), through);
    }

    // Other webhooks tell of some of the items. A telling has the customers of the first, and the same wrong clock.
    private static SimulatedEvent[] Tellings(Random random, SimulatedEvent[] events) =>
        [.. events.Where(e => e.IsProjectable && random.Next(5) == 0).Select(e => e with
        {
            Webhook = 2,
            Telling = random.Next(1, 3),
            IsLarge = random.Next(2) == 0,
            IsKept = false,
        })];

    // The API knows some of the items. The clock of the sender is right, because it is the clock of the API.
    private static SimulatedImport[] Imports(Random random, SimulatedEvent[] events)
    {
        if (random.Next(3) > 0) return [];
        var conversation = Pick(random, "a", "b", "c");
        var items = events.Where(e => e is { IsProjectable: true, Ahead: 0 } && e.Conversation == conversation
            && random.Next(2) == 0).Select(e => e with { Telling = random.Next(1, 3), IsKept = false }).ToList();
        var read = items.Select(e => e.Second).DefaultIfEmpty(random.Next(20)).Max() + random.Next(1, 20);
        return
        [
            new SimulatedImport(conversation, read)
            {
                Items = items,
                Customer = Pick(random, "x", "y", null),
                Created = random.Next(20),
            },
        ];
    }

    // An item is identified by its second and its conversation. Each second is used once.
    private static SimulatedEvent[] Events(Random random, int count, int first) =>
        [.. Enumerable.Range(0, count).Select(index => Event(random, first + index * 5))];

    private static SimulatedEvent Event(Random random, int second)
    {
        var e = new SimulatedEvent(Pick(random, "a", "b", "c"), second)
        {
            IsLarge = random.Next(4) == 0,
            Ahead = random.Next(4) == 0 ? random.Next(1, 12) : 0,
        };
        return random.Next(8) switch
        {
            0 => e with
            {
                EventName = SimulatedEvent.ContactUpdated,
                Customer = Pick(random, "x", "y", null),
                IsDated = random.Next(3) > 0,
                NamesShop = random.Next(3) > 0,
            },
            1 => e with { EventName = EventNames.ConversationClosed, Customer = Pick(random, "x", "y", null) },
            2 => e with { IsKept = true, Customer = Pick(random, "x", "y", null), Assignee = Pick(random, "x", "agent") },
            _ => e with
            {
                Customer = Pick(random, "x", "y", null),
                Actor = Pick(random, "x", "y", null, null),
                Assignee = Pick(random, "x", "agent", null),
            },
        };
    }

    private static T Pick<T>(Random random, params T[] values) => values[random.Next(values.Length)];
}
