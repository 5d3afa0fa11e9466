using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Importing;
using BelcoFunctions.Pipeline.Maintenance;
using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Simulation.Tests.Local;
using BelcoFunctions.Simulation.Tests.ServiceBus;
using Microsoft.Extensions.DependencyInjection;

namespace BelcoFunctions.Simulation.Tests.Scheduling;

/// <summary>The state of a process from its start to its end: the library on the simulated store and clock.</summary>
internal sealed class WriterLife
{
    private static readonly ProjectingMetrics Metrics = new ServiceCollection().AddMetrics().AddSingleton<ProjectingMetrics>()
        .BuildServiceProvider().GetRequiredService<ProjectingMetrics>();

    private readonly Writer writer;

    public WriterLife(SimulatedRun run, Writer writer, PipelineStorage storage, CancellationToken stopping)
    {
        (Run, this.writer, Storage, Stopping) = (run, writer, storage, stopping);
        Blobs = new BlobPayloadStore(storage.Payloads);
        Payloads = new PayloadReader(Blobs);
        Bus = new BusClient(run, writer);
        Queue = new InlineQueueConcurrency(run, writer);
    }

    public SimulatedRun Run { get; }

    public CancellationToken Stopping { get; }

    /// <summary>Whether the store or the scheduler disturbed it.</summary>
    public bool HadFault => writer.HadFault;

    public TimeProvider Time => writer.Time;

    public PipelineStorage Storage { get; }

    public ConversationTable Conversations => Storage.Conversations;

    public BlobPayloadStore Blobs { get; }

    public PayloadReader Payloads { get; }

    public BusClient Bus { get; }

    /// <summary>The commits of the local queue.</summary>
    public InlineQueueConcurrency Queue { get; }

    public Projector Projector() => new(Storage, Payloads, Metrics, Time);

    public DeliveryProcessor Processor() => Processor(Payloads);

    public DeliveryProcessor Processor(PayloadReader payloads) => new(
        new Projector(Storage, payloads, Metrics, Time),
        new UnprojectedEventStore(Storage, payloads, Time), Metrics);

    public ItemImport Import() => new(Storage, Blobs, Time);

    public Import ImportRun() => new(Storage, Import(), Payloads, new RetentionSettings(null), Time);

    public Eraser Eraser() => new(Storage, Payloads, Time);

    /// <inheritdoc cref="Writer.Opened"/>
    public T Opened<T>(T resource) where T : IAsyncDisposable => writer.Opened(resource);

    /// <summary>Waits until no writer can continue and nothing is due.</summary>
    public Task UntilTheEndAsync() => writer.Send(new OpenWait(
        "wait for the end", () => false, () => { }, Stopping)
    { IsForTheEnd = true });

    /// <summary>A pause that the scheduler ends.</summary>
    public Task PauseAsync(TimeSpan pause) => writer.Time.WaitAsync(pause, Stopping);

    public ErasedDeadLetters ErasedDeadLetters() => new(Storage, Payloads, Time);

    public ConversationRebuilder Rebuilder() => new(Conversations, Payloads, Time);

    public UnprojectedEventReplay Replay() => new(Storage, Projector(), Payloads, Time);
}
