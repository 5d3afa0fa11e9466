using BelcoFunctions.Pipeline.Erasing;
using static BelcoFunctions.Simulation.Tests.Scenarios.QueuePrograms;

namespace BelcoFunctions.Simulation.Tests.Scenarios;

/// <summary>The app with its Service Bus queues: settling, redriving, and erasing dead letters.</summary>
internal static class Queues
{
    private const string Shop = SimulatedEvent.Shop;
    private const string Replied = QueueNames.ConversationReplied;
    private const string Unprojected = QueueNames.UnprojectedEvents;

    private static readonly DateTimeOffset Later = SimulatedEvent.Start.AddHours(1);
    private static readonly ErasureRequest Conversation = new ErasureRequest.OfConversation(Shop, "c", Later);
    private static readonly ErasureRequest Customer = new ErasureRequest.OfCustomer(Shop, "erased", Later);
    private static readonly SimulatedEvent Large = new("c", 2) { IsLarge = true };
    private static readonly PoisonousMessage Poison = new(Replied, "by-hand", "no event", IsDead: false);
    private static readonly PoisonousMessage DeadPoison = Poison with { IsDead = true };

    public static IReadOnlyList<Scenario> All { get; } =
    [
        Create("queue: a batch of new, known, large and poisonous events") with
        {
            Before = [new("c", 1)],
            During = [new("c", 1), Large, new("q", 1)],
            Poisonous = [Poison],
            Writers = [Receive(Replied)],
        },
        Create("queue: two receivers") with
        {
            During = [new("c", 1), Large, new("c", 3), new("q", 1)],
            Poisonous = [Poison],
            Writers = [Receive(Replied, "first"), Receive(Replied, "second")],
        },
        Create("queue: two webhooks tell of the same items") with
        {
            Before = [new("c", 1)],
            During =
            [
                new("c", 1) { Webhook = 2, Telling = 2 }, Large, Large with { Webhook = 2, Telling = 2 },
                new("c", 3), new("c", 3) { Webhook = 2 },
            ],
            Writers = [Receive(Replied, "first"), Receive(Replied, "second")],
        },
        Create("queue: an event that fails because of a wrong row") with
        {
            Before = [new("f", 1)],
            During = [new("f", 2), new("c", 1)],
            Damage = Damage.SetColumn("f", "Events", "one"),
            Repair = Damage.SetColumn("f", "Events", 1),
            Writers = [Receive(Replied)],
        },
        Create("queue: a receiver beside an erasure") with
        {
            Before = [new("c", 1)],
            During = [Large, new("c", 3) { Customer = "erased" }, new("d", 1) { Customer = "erased" }],
            Requests = [Customer],
            Writers = [Receive(Replied), Programs.Erase(Customer)],
        },
        Create("queue: a redrive and a receiver") with
        {
            Before = [new("c", 1)],
            During = [new("c", 3)],
            DeadLetters = [Large, new("c", 3), new("q", 1)],
            Poisonous = [DeadPoison],
            Writers = [Redrive("redrive", Replied), Receive(Replied)],
        },
        Create("queue: two redrives and a receiver") with
        {
            DeadLetters = [new("c", 1), Large, new("q", 1)],
            Poisonous = [DeadPoison],
            Writers = [Redrive("first", Replied), Redrive("second", Replied), Receive(Replied)],
        },
        Create("queue: two redrives of dead letters with the same id") with
        {
            Poisonous = [DeadPoison, DeadPoison with { Text = "another" }, DeadPoison with { Text = "a third" }],
            Writers = [Redrive("first", Replied), Redrive("second", Replied)],
        },
        Create("queue: two redrives with a limit over two queues") with
        {
            DeadLetters = [new("c", 1), Closing, new("c", 4), new("q", 1)],
            Writers = [Redrive("first", null, "3"), Redrive("second", null, "2"), Receive(Replied)],
        },
        Create("queue: dead letters are erased while a conversation is") with
        {
            Before = [new("c", 1)],
            DeadLetters = [Large, new("c", 3), new("q", 1)],
            Poisonous = [DeadPoison],
            Requests = [Conversation],
            Writers = [EraseDeadLetters(Replied), Programs.Erase(Conversation)],
        },
        Create("queue: dead letters are erased twice while a customer is") with
        {
            Before = [new("c", 1) { Customer = "erased" }],
            DeadLetters = [Large, new("d", 3) { Customer = "erased", IsLarge = true }, Contact],
            Requests = [Customer],
            Writers = [EraseDeadLetters(queue: null), EraseDeadLetters(Replied), Programs.Erase(Customer)],
        },
        Create("queue: only a dead letter names the customer") with
        {
            Before = [new("c", 1)],
            DeadLetters = [new("c", 2), new("c", 3) { Customer = "erased", IsLarge = true }],
            Requests = [Customer],
            Writers = [EraseDeadLetters(Replied), Programs.Erase(Customer)],
        },
        Create("queue: dead letters are erased and redriven") with
        {
            Before = [new("c", 1)],
            DeadLetters = [Large, new("c", 3), new("q", 1)],
            Poisonous = [DeadPoison],
            Requests = [Conversation],
            Writers = [Programs.Erase(Conversation), EraseDeadLetters(Replied), Redrive("redrive", Replied), Receive(Replied)],
        },
        Create("queue: a keeper, a redrive and an erasure") with
        {
            Before = [new("c", 1) { Customer = "erased" }],
            During = [Contact],
            DeadLetters = [Contact with { Second = 7 }],
            Requests = [Customer],
            Writers = [Receive(Unprojected, "keeper"), Redrive("redrive", Unprojected), Programs.Erase(Customer)],
        },
    ];

    private static SimulatedEvent Contact => new("other", 5)
    {
        EventName = SimulatedEvent.ContactUpdated,
        Customer = "erased",
        IsLarge = true,
    };

    private static SimulatedEvent Closing => new("c", 3) { EventName = EventNames.ConversationClosed };

    private static Scenario Create(string name) => new(name) { HasQueues = true };
}
