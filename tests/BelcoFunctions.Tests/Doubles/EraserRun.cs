using System.Text;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Http;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Tests.Doubles;

/// <summary>An erasure of dead letters in a double of Service Bus. The conversation <see cref="Erased"/> is erased.</summary>
internal sealed class EraserRun
{
    public const string Shop = "shop";
    public const string Erased = "erased-conversation";
    public const string Live = "live-conversation";

    private readonly ServiceBusClient client = Substitute.For<ServiceBusClient>();
    private readonly PipelineStorage storage;
    private long last;

    public EraserRun()
    {
        foreach (var (name, queue) in Queues) queue.AddTo(client, name);
        storage = TestApp.Storage(Conversations, UnprojectedEvents);
        Conversations.AddEntityAsync(ErasedConversation(through: TestApp.Now));
    }

    public Dictionary<string, DeadLetterQueueDouble> Queues { get; } =
        QueueNames.All.ToDictionary(name => name, _ => new DeadLetterQueueDouble());

    /// <summary>The queue that most tests use.</summary>
    public DeadLetterQueueDouble Queue => Queues[QueueNames.ConversationClosed];

    public TableDouble Conversations { get; } = new();

    public TableDouble UnprojectedEvents { get; } = new();

    public IPayloadStore Payloads { get; } = Substitute.For<IPayloadStore>();

    public ManualTime Time { get; } = new(TestApp.Now);

    public RecordingLogger<DeadLetterEraser> Log { get; } = new();

    /// <summary>Adds a dead letter of each conversation.</summary>
    public void Add(params IEnumerable<string> conversationIds)
    {
        foreach (var id in conversationIds) Queue.Add($"{id}.{++last}", TestApp.Now.AddDays(-1), body: Body(id));
    }

    /// <summary>The row of the conversation <see cref="Erased"/>.</summary>
    public static TableEntity ErasedConversation(DateTimeOffset through) => new(Shop, "conversation_" + Erased)
    {
        ["ErasedThrough"] = through,
        ["SchemaVersion"] = 5,
    };

    public static byte[] Body(string conversationId, string? date = null)
    {
        var payload = new JsonObject { ["conversation"] = new JsonObject { ["_id"] = conversationId }, ["shopId"] = Shop };
        var e = new JsonObject { ["requestId"] = "r", ["eventName"] = "conversation.closed", ["payload"] = payload };
        if (date is not null) e["date"] = date;
        return Encoding.UTF8.GetBytes(e.ToJsonString());
    }

    public Task<HttpReply> ReplyAsync(
        string? queue = null, CancellationToken cancellationToken = default) =>
        new DeadLetterEraser(
            client, new ErasedDeadLetters(storage, new PayloadReader(Payloads), Time),
            Time, Log)
        .RunAsync(queue, cancellationToken);

    public async Task<(int Erased, int NotErased, bool More)> RunAsync(
        string? queue = null, CancellationToken cancellationToken = default)
    {
        var reply = await ReplyAsync(queue, cancellationToken);
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        var answer = JsonNode.Parse(reply.Body.Span)!;
        return ((int)answer["erased"]!, (int)answer["notErased"]!, (bool)answer["more"]!);
    }
}
