using Microsoft.Extensions.Time.Testing;

namespace BelcoFunctions.Cli.Tests.Serve.Queue;

/// <summary>Queues in a temporary file, with a clock that the test moves.</summary>
internal sealed class OpenQueue : IAsyncDisposable
{
    public const string Name = QueueNames.ConversationReplied;

    private static readonly CancellationToken AlreadyCanceled = new(canceled: true);

    private readonly TemporaryFolder folder = new();
    private SqliteQueue queue;

    public OpenQueue() => queue = SqliteQueue.Open(folder.Path, Time);

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    public string Folder => folder.Path;

    public SqliteQueue Queue => queue;

    public static QueuedEvent Event(string requestId, string queue = Name) => new()
    {
        Queue = queue,
        EventName = "conversation.replied",
        RequestId = requestId,
        ItemId = "item",
        ReceivedAt = new DateTimeOffset(2026, 1, 1, 11, 59, 0, TimeSpan.Zero),
        PayloadBlob = "blob",
        Reason = "reason",
        TraceParent = "00-11111111111111111111111111111111-2222222222222222-01",
        Body = Encoding.UTF8.GetBytes("{}"),
    };

    public Task EnqueueAsync(params string[] requestIds) =>
        Task.WhenAll(requestIds.Select(requestId => queue.EnqueueAsync(Event(requestId), CancellationToken.None)));

    /// <summary>Receives the due events without waiting for more.</summary>
    public async Task<IReadOnlyList<LocalDelivery>> ReceiveDueAsync(string name = Name)
    {
        try
        {
            return await queue.ReceiveAsync(name, 100, AlreadyCanceled);
        }
        catch (OperationCanceledException)
        {
            return [];
        }
    }

    public async Task<string[]> ReceiveDueIdsAsync() =>
        [.. (await ReceiveDueAsync()).Select(delivery => delivery.Event.RequestId)];

    /// <summary>Receives the due events and settles them.</summary>
    public async Task SettleDueAsync(Settlement settlement) =>
        await queue.SettleAsync([.. (await ReceiveDueAsync()).Select(delivery => (delivery, settlement))]);

    public async Task ReopenAsync()
    {
        await queue.DisposeAsync();
        queue = SqliteQueue.Open(folder.Path, Time);
    }

    public async ValueTask DisposeAsync()
    {
        await queue.DisposeAsync();
        folder.Dispose();
    }
}
