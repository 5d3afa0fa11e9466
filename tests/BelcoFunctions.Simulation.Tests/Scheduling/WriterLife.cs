using BelcoFunctions.Pipeline.Maintenance;
using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Simulation.Tests.ServiceBus;
using Microsoft.Extensions.DependencyInjection;

namespace BelcoFunctions.Simulation.Tests.Scheduling;

/// <summary>What a process has from its start to its end: the library over the simulated store and clock.</summary>
internal sealed class WriterLife
{
    private static readonly ProjectingMetrics Metrics = new ServiceCollection().AddMetrics().AddSingleton<ProjectingMetrics>()
        .BuildServiceProvider().GetRequiredService<ProjectingMetrics>();

    private readonly Writer writer;

    public WriterLife(SimulatedRun run, Writer writer, PipelineStorage storage, CancellationToken stopping)
    {
        (Run, this.writer, Storage, Stopping) = (run, writer, storage, stopping);
        Conversations = new ConversationTable(storage.Conversations, InlineConcurrency.Instance);
        Blobs = new BlobPayloadStore(storage.Payloads);
        Payloads = new PayloadReader(Blobs);
        Bus = new BusClient(run, writer);
    }

    public SimulatedRun Run { get; }

    public CancellationToken Stopping { get; }

    /// <summary>Whether the store or the scheduler disturbed it.</summary>
    public bool HadFault => writer.HadFault;

    public TimeProvider Time => writer.Time;

    public PipelineStorage Storage { get; }

    public ConversationTable Conversations { get; }

    public BlobPayloadStore Blobs { get; }

    public PayloadReader Payloads { get; }

    public BusClient Bus { get; }

    public Projector Projector() => new(Conversations, Payloads, Metrics, Time);

    public DeliveryProcessor Processor() => new(
        Projector(), new UnprojectedEventStore(Storage.UnprojectedEvents, Payloads, Conversations, Time), Metrics);

    public Eraser Eraser() => new(Storage, Conversations, Payloads, Time);

    public ErasedDeadLetters ErasedDeadLetters() => new(Storage, Conversations, Payloads, Time);

    public ConversationRebuilder Rebuilder() => new(Conversations, Payloads, Time);

    public UnprojectedEventReplay Replay() => new(Storage, Projector(), Payloads, Time);
}
