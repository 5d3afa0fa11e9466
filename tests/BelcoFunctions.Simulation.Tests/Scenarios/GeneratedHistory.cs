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
        SimulatedEvent[] before = Events(random, random.Next(1, 7), first: 1);
        SimulatedEvent[] during = Events(random, random.Next(1, 6), first: 4);
        // The first projector gets one of the earlier events again. The second gets some of the events that the first gets.
        SimulatedEvent[] first = [.. during, before[0]], second = [.. during.Where(_ => random.Next(2) == 0)];
        var requests = Enumerable.Range(0, random.Next(3)).Select(_ => Request(random)).Distinct().ToList();
        var hasRetention = random.Next(3) == 0;
        List<WriterProgram> writers = [Programs.Deliver("first", first), .. requests.Select(Programs.Erase)];
        if (hasRetention) writers.Add(Programs.Retain(new(RetentionSettings.MinDays)));
        if (second.Length > 0 && random.Next(2) == 0) writers.Add(Programs.Deliver("second", second));
        if (writers.Count < 3 && random.Next(2) == 0) writers.Add(Programs.Rebuild());
        if (writers.Count < 3) writers.Add(Programs.Replay);
        return new Scenario($"generated {seed.ToString(CultureInfo.InvariantCulture)}")
        {
            Before = before,
            During = during,
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

    // An event is identified by its second and its conversation. Each second is used once, so no event has two bodies.
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
