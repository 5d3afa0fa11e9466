using Azure.Messaging.ServiceBus;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Simulation.Tests.Scheduling;
using BelcoFunctions.Simulation.Tests.ServiceBus;
using BelcoFunctions.Simulation.Tests.Store;

namespace BelcoFunctions.Simulation.Tests.Scenarios;

/// <summary>The rows in the store, and the writers that change them at the same time.</summary>
/// <param name="Name">What the scenario has, for people.</param>
internal sealed record Scenario(string Name)
{
    public static readonly DateTimeOffset LongAfter = SimulatedEvent.Start.AddDays(100);

    /// <summary>The events that are projected or kept before the writers start.</summary>
    public IReadOnlyList<SimulatedEvent> Before { get; init; } = [];

    /// <summary>The events that the writers deliver.</summary>
    public IReadOnlyList<SimulatedEvent> During { get; init; } = [];

    /// <summary>The events that are dead letters at the start. They are redriven at the end.</summary>
    public IReadOnlyList<SimulatedEvent> DeadLetters { get; init; } = [];

    /// <summary>What is imported after <see cref="Before"/>, before the writers start.</summary>
    public IReadOnlyList<SimulatedImport> ImportedBefore { get; init; } = [];

    /// <summary>What the writers import.</summary>
    public IReadOnlyList<SimulatedImport> ImportedDuring { get; init; } = [];

    /// <summary>Whether a writer is a whole run of the import, which reads <see cref="ImportedDuring"/> from Belco's
    /// API.</summary>
    public bool HasRun { get; init; }

    /// <summary>Whether the events of the writers and the dead letters are in Service Bus queues at the start.</summary>
    public bool HasQueues { get; init; }

    /// <summary>Whether the dead letters are in the queue file of <c>belco serve</c>, and the events of the writers are sent
    /// to it.</summary>
    public bool HasFile { get; init; }

    /// <summary>Whether the storage has lost the blobs of dead letters. The queue file has copies.</summary>
    public bool HasLostBlobs { get; init; }

    /// <summary>Messages that are not events, in a queue at the start.</summary>
    public IReadOnlyList<PoisonousMessage> Poisonous { get; init; } = [];

    public IReadOnlyList<WriterProgram> Writers { get; init; } = [];

    /// <summary>The erasure requests of the writers.</summary>
    public IReadOnlyList<ErasureRequest> Requests { get; init; } = [];

    /// <summary>Whether closed conversations are erased after 30 days.</summary>
    public bool HasRetention { get; init; }

    /// <summary>Damages rows after <see cref="Before"/>. A rebuild repairs them.</summary>
    public Func<StoreState, StoreState>? Damage { get; init; }

    /// <summary>Repairs rows that a rebuild cannot, before the dead letters are redriven.</summary>
    public Func<StoreState, StoreState>? Repair { get; init; }

    /// <summary>Conversations whose rows a newer version of the library wrote: nobody may change them.</summary>
    public List<string> Newer { get; init; } = [];

    public StorePages Pages { get; init; } = new(Rows: 8, Blobs: 4);

    public DateTimeOffset Now { get; init; } = LongAfter;

    /// <summary>What Belco sends. It can be sent again.</summary>
    public IEnumerable<SimulatedEvent> Webhooks => [.. Before, .. During, .. DeadLetters];

    public IEnumerable<SimulatedImport> Imports => [.. ImportedBefore, .. ImportedDuring];

    public IEnumerable<SimulatedEvent> Events => [.. Webhooks, .. Imports.SelectMany(import => import.Items)];

    public RetentionSettings Retention => new(HasRetention ? RetentionSettings.MinDays : null);

    /// <summary>The queues when the writers start.</summary>
    public SimulatedBus PrepareQueues()
    {
        var bus = new SimulatedBus();
        if (!HasQueues) return bus;
        // The messages are so far apart in time that none is a duplicate. The last one came just now.
        var sent = Now.AddHours(-DeadLetters.Count - Poisonous.Count - During.Count).AddMinutes(-1);
        foreach (var e in DeadLetters) Send(e.Queued.Queue, e.Queued.ToMessage());
        foreach (var message in Poisonous.Where(each => each.IsDead)) Send(message.Queue, message.ToMessage());
        foreach (var queue in bus.Queues)
        {
            foreach (var message in queue.Messages.Values) queue.DeadLetter(message, "ByHand");
        }

        foreach (var e in During) Send(e.Queued.Queue, e.Queued.ToMessage());
        foreach (var message in Poisonous.Where(each => !each.IsDead)) Send(message.Queue, message.ToMessage());
        return bus;

        void Send(string queue, ServiceBusMessage message) => bus[queue].Send(message, sent += TimeSpan.FromHours(1));
    }

    /// <summary>The store when the writers start.</summary>
    public StoreState Prepare(ClientPool pool)
    {
        var state = Alone.Run(StoreState.Empty, this, pool, Programs.Resend("prepare", [.. Before]));
        state = Alone.Run(state, this, pool, ImportPrograms.Write("prepare", [.. ImportedBefore]));
        // With a queue file, serve gets large bodies with the webhooks, and stores them itself.
        var stored = (HasLostBlobs ? [] : DeadLetters).Concat(HasFile ? [] : During).Where(e => e.IsLarge);
        foreach (var e in stored) state = state.With(e.BlobName, e.Body, e.ReceivedAt);
        return Damage is null ? state : Damage(state);
    }
}
