using BelcoFunctions.Generator.Conversations;
using BelcoFunctions.Generator.People;
using BelcoFunctions.Generator.Time;
using Bogus;
using Bogus.DataSets;

namespace BelcoFunctions.Generator;

/// <summary>A shop that sells jackets, with agents, customers and their conversations. The same arguments always give the same
/// webhooks, byte for byte, on every machine.</summary>
public sealed class GeneratedShop
{
    public const int DefaultSeed = 1;

    internal const string Name = "Noordenwind";
    internal const string Site = "https://www.noordenwind.example/";

    private const int MinAgents = 5;
    private const int MaxAgents = 8;
    private const int MinDays = 30;
    private const int ConversationsADay = 40;

    // Less than one, because some customers write more than once.
    private const double CustomersAConversation = 0.7;

    private readonly int seed;

    /// <param name="seed">Another seed gives another shop.</param>
    /// <param name="id">The shop's id; null to derive it from the seed.</param>
    public GeneratedShop(int seed, string? id = null)
    {
        this.seed = seed;
        var random = Seeds.Randomizer(seed, "shop");
        var names = new Name("nl") { Random = random };
        Id = random.BelcoId();
        OrganizationId = random.BelcoId();
        var agents = random.Int(MinAgents, MaxAgents);
        Agents = [.. Enumerable.Repeat(names, int.MaxValue).Select(name => name.FirstName()).Distinct().Take(agents)
            .Select(name => new Agent(random.BelcoId(), name))];
        if (id is not null) Id = id;
    }

    public string Id { get; }

    public string OrganizationId { get; }

    public IReadOnlyList<Agent> Agents { get; }

    /// <summary>When a day ends on the shop's clock.</summary>
    public static DateTimeOffset EndOf(DateOnly day) => AmsterdamTime.FromLocal(day.AddDays(1).ToDateTime(TimeOnly.MinValue));

    /// <summary>The webhooks in the order in which they arrive. Only those of a few days are in memory at a time.</summary>
    /// <param name="conversations">How many conversations begin.</param>
    /// <param name="end">Nothing happens after it, but webhooks may still arrive. The conversations begin in the 30 days before
    /// it, or in more days if there would be more than 40 a day.</param>
    public IEnumerable<WebhookDelivery> Deliveries(int conversations, DateTimeOffset end)
    {
        PriorityQueue<WebhookDelivery, (DateTimeOffset, int)> pending = new();
        var count = 0;
        foreach (var history in Histories(conversations, end))
        {
            while (pending.TryPeek(out var next, out _) && next.At <= history.CreatedAt) yield return pending.Dequeue();
            var random = Seeds.Randomizer(seed, history.Id);
            foreach (var delivery in Dispatch.Deliveries(history, this, random))
                pending.Enqueue(delivery, (delivery.At, count++));
        }

        while (pending.TryDequeue(out var next, out _)) yield return next;
    }

    /// <summary>The conversations in the order in which they begin.</summary>
    internal IEnumerable<ConversationHistory> Histories(int conversations, DateTimeOffset end)
    {
        end = end.ToUniversalTime();
        var days = Math.Max(MinDays, (conversations + ConversationsADay - 1) / ConversationsADay);
        var customers = Math.Max(1, (int)(conversations * CustomersAConversation));
        // Another end, or another number of conversations, gives other ids. So no id belongs to two conversations that begin
        // at different times.
        Randomizer Source(string purpose, int number = 0) =>
            Seeds.Randomizer(seed, purpose, end.Ticks, conversations, number);

        foreach (var (number, start) in Arrivals.Before(end, days, conversations, Source("arrivals")).Index())
        {
            var random = Source("conversation", number);
            var customer = Customer.Create(seed, random.Int(0, customers - 1));
            var history = Dialogue.Play(this, customer, start, random);
            history.CutAfter(end);
            yield return history;
        }
    }
}
