using BelcoFunctions.Pipeline.Erasing;
using static BelcoFunctions.Simulation.Tests.Local.LocalPrograms;

namespace BelcoFunctions.Simulation.Tests.Scenarios;

/// <summary><c>belco serve</c> and the commands beside it, over one queue file.</summary>
internal static class Serves
{
    private const string Shop = SimulatedEvent.Shop;
    private const string Replied = QueueNames.ConversationReplied;

    private static readonly string[] One = [Replied];
    private static readonly string[] Both = [Replied, QueueNames.UnprojectedEvents];
    private static readonly DateTimeOffset Later = SimulatedEvent.Start.AddHours(1);
    private static readonly ErasureRequest Conversation = new ErasureRequest.OfConversation(Shop, "c", Later);
    private static readonly ErasureRequest Customer = new ErasureRequest.OfCustomer(Shop, "erased", Later);
    private static readonly SimulatedEvent Large = new("c", 2) { IsLarge = true };
    private static readonly SimulatedEvent OfCustomer = new("d", 3) { Customer = "erased" };
    private static readonly PoisonousMessage Poison = new(Replied, "by-hand", "no event", IsDead: false);
    private static readonly PoisonousMessage DeadPoison = Poison with { IsDead = true };

    private static readonly SimulatedEvent Contact = new("other", 5)
    {
        EventName = SimulatedEvent.ContactUpdated,
        Customer = "erased",
        IsLarge = true,
    };

    private static readonly SimulatedEvent Another = new("c", 1) { Webhook = 2, Telling = 2 };

    /// <summary>It once went wrong with a preemption and a kill.</summary>
    public static Scenario TellingWhileErased { get; } = Create(
        "serve: another telling is stored while its conversation is erased", Serve(One, Another), Erase(Conversation)) with
    {
        Before = [new("c", 1)],
        During = [Another],
        Requests = [Conversation],
    };

    public static IReadOnlyList<Scenario> All { get; } =
    [
        Create("serve: new, known, large and poisonous events", Serve(One, new("c", 1), Large, new("q", 1))) with
        {
            Before = [new("c", 1)],
            During = [new("c", 1), Large, new("q", 1)],
            Poisonous = [Poison],
        },
        Create("serve: two queues", Serve(Both, new("c", 1), Contact, new("c", 3))) with
        {
            During = [new("c", 1), Contact, new("c", 3)],
        },
        Create("serve: beside the erasure of a conversation", Serve(One, Large, new("c", 3)), Erase(Conversation)) with
        {
            Before = [new("c", 1)],
            During = [Large, new("c", 3)],
            Requests = [Conversation],
        },
        Create("serve: beside the erasure of a customer", Serve(Both, OfCustomer, Contact), Erase(Customer)) with
        {
            Before = [new("d", 1) { Customer = "erased" }],
            During = [OfCustomer, Contact],
            Requests = [Customer],
        },
        TellingWhileErased,
        Create("serve: beside a redrive", Serve(One, new SimulatedEvent("c", 3)), Redrive("redrive")) with
        {
            Before = [new("c", 1)],
            During = [new("c", 3)],
            DeadLetters = [Large, new("c", 3), new("q", 1)],
            Poisonous = [DeadPoison],
        },
        Create("serve: a redrive in the viewer beside another",
            ServeAndRedrive(One, new SimulatedEvent("c", 1)), Redrive("redrive")) with
        {
            During = [new("c", 1)],
            DeadLetters = [Large, new("q", 1)],
            Poisonous = [DeadPoison],
        },
        Create("serve: a redrive in the viewer beside an erasure", ServeAndRedrive(One), Erase(Conversation)) with
        {
            Before = [new("c", 1)],
            DeadLetters = [Large, new("c", 3), new("q", 1)],
            Requests = [Conversation],
        },
        Create("serve: lost blobs are stored again", ServeAndRedrive(One)) with
        {
            DeadLetters = [Large],
            HasLostBlobs = true,
        },
        Create("serve: lost blobs are stored again beside an erasure", ServeAndRedrive(One), Erase(Conversation)) with
        {
            Before = [new("c", 1)],
            DeadLetters = [Large],
            HasLostBlobs = true,
            Requests = [Conversation],
        },
        Create("serve: a redrive beside an erasure", Redrive("redrive"), Erase(Customer)) with
        {
            Before = [new("d", 1) { Customer = "erased" }],
            DeadLetters = [OfCustomer with { IsLarge = true }, Contact, new("q", 1)],
            Poisonous = [DeadPoison],
            Requests = [Customer],
        },
        Create("serve: two redrives", Redrive("first"), Redrive("second")) with
        {
            DeadLetters = [Large, new("q", 1)],
            Poisonous = [DeadPoison],
        },
        Create("serve: two erasures", Erase(Conversation), Erase(Customer)) with
        {
            Before = [new("c", 1) { Customer = "erased" }],
            DeadLetters = [Large, OfCustomer],
            Poisonous = [DeadPoison],
            Requests = [Conversation, Customer],
        },
        Create("serve: beside a redrive and an erasure",
            Serve(One, new SimulatedEvent("c", 4)), Redrive("redrive"), Erase(Conversation)) with
        {
            Before = [new("c", 1)],
            During = [new("c", 4)],
            DeadLetters = [Large, new("c", 3)],
            Requests = [Conversation],
        },
    ];

    private static Scenario Create(string name, params IReadOnlyList<Scheduling.WriterProgram> writers) =>
        new(name) { HasFile = true, Writers = writers };
}
