using BelcoFunctions.Pipeline.Http;

namespace BelcoFunctions.Tests.Doubles;

/// <summary>A redrive of queues in a double of Service Bus.</summary>
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

    public Task<HttpReply> ReplyAsync(
        string? queue = null, string? limit = null, string? dryRun = null, CancellationToken cancellationToken = default) =>
        new DeadLetterRedrive(client, Time, Log).RunAsync(
            name => name switch { "queue" => queue, "limit" => limit, "dryRun" => dryRun, _ => null }, cancellationToken);

    public async Task<(int Moved, int Remaining, int Skipped, bool More)> RunAsync(
        string? queue = null, string? limit = null, CancellationToken cancellationToken = default)
    {
        var answer = await AnswerAsync(queue, limit, dryRun: null, cancellationToken);
        return ((int)answer["moved"]!, (int)answer["remaining"]!, (int)answer["skipped"]!, (bool)answer["more"]!);
    }

    /// <summary>The preview of the run, in lines like <c>conversation-closed Failed 3</c>.</summary>
    public async Task<(int WouldMove, bool More, string Groups)> PreviewAsync(string? queue = null, string? limit = null)
    {
        var answer = await AnswerAsync(queue, limit, dryRun: "true", CancellationToken.None);
        Assert.True((bool)answer["dryRun"]!);
        return ((int)answer["wouldMove"]!, (bool)answer["more"]!, string.Join(", ",
            answer["groups"]!.AsArray().Select(group => $"{group!["queue"]} {group["reason"]} {group["count"]}")));
    }

    private async Task<JsonNode> AnswerAsync(
        string? queue, string? limit, string? dryRun, CancellationToken cancellationToken)
    {
        var reply = await ReplyAsync(queue, limit, dryRun, cancellationToken);
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        return JsonNode.Parse(reply.Body.Span)!;
    }
}
