namespace BelcoFunctions.Benchmarks.Workload;

/// <summary>Which of 500 conversations each event belongs to.</summary>
/// <param name="IndexOf">The conversation of an event, by its number.</param>
internal sealed record Conversations(Func<int, int> IndexOf)
{
    public const string ShopId = "shop";

    private const int Count = 500;
    private const int EventsEach = 20;
    private const int AtATime = 10;

    /// <summary>A shop at work: ten conversations are active, then ten others.</summary>
    public static Conversations TenAtATime { get; } = new(
        number => (number / (AtATime * EventsEach) * AtATime + number % AtATime) % Count);

    /// <summary>The worst case: no batch has two events of one conversation.</summary>
    public static Conversations AllAtOnce { get; } = new(number => number % Count);

    public byte[] Body(int number) => Webhooks.Body(ShopId, IndexOf(number), number);

    /// <summary>The first events, as queues deliver them.</summary>
    public QueuedEvent[][] Batches(int events) =>
        [.. Enumerable.Range(0, events).Select(number => Webhooks.ToQueued(Body(number))).Chunk(DeliveryProcessor.BatchSize)];
}
