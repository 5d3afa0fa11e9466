using BelcoFunctions.Pipeline.Http;

namespace BelcoFunctions.Tests.Doubles;

/// <summary>A redrive of queues that Service Bus would hold.</summary>
internal sealed class RedriveRun
{
    public const string Closed = QueueNames.ConversationClosed;

    private readonly ServiceBusClient client = Substitute.For<ServiceBusClient>();

    public RedriveRun()
    {
        foreach (var (name, queue) in Queues) queue.AddTo(client, name);
    }

    public Dictionary<string, DeadLetterQueueDouble> Queues { get; } =
        QueueNames.All.ToDictionary(name => name, _ => new DeadLetterQueueDouble());

    /// <summary>The queue that most tests use.</summary>
    public DeadLetterQueueDouble Queue => Queues[Closed];

    public ManualTime Time { get; } = new(TestApp.Now);

    public RecordingLogger<DeadLetterRedrive> Log { get; } = new();

    /// <summary>Adds dead letters that were there before the run.</summary>
    public void Add(params IEnumerable<string> ids)
    {
        foreach (var id in ids) Queue.Add(id, TestApp.Now.AddDays(-1));
    }

    public Task<HttpReply> ReplyAsync(string? queue = null, CancellationToken cancellationToken = default) =>
        new DeadLetterRedrive(client, Time, Log).RunAsync(queue, cancellationToken);

    public async Task<(int Moved, int Left, int Skipped, bool More)> RunAsync(
        string? queue = null, CancellationToken cancellationToken = default)
    {
        var reply = await ReplyAsync(queue, cancellationToken);
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        var answer = JsonNode.Parse(reply.Body.Span)!;
        return ((int)answer["moved"]!, (int)answer["left"]!, (int)answer["skipped"]!, (bool)answer["more"]!);
    }
}
