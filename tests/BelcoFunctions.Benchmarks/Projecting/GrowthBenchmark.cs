namespace BelcoFunctions.Benchmarks.Projecting;

/// <summary>Measures the cost of an event in a large conversation and a large shop, compared with small ones.</summary>
internal sealed class GrowthBenchmark : IBenchmark
{
    private const int Few = 10;
    private const int ManyItems = 10_000;
    private const int ManyConversations = 100_000;
    private const int LoneEvents = 10;
    private const string Requests = "requests an event";
    private const string Bytes = "bytes an event";
    private const string Milliseconds = "ms an event";

    public string Name => "growth";

    public string Summary => "an event in a conversation of 10,000 items, and in a shop of 100,000 conversations";

    public async Task<IReadOnlyList<Comparison>> RunAsync(Session session, CancellationToken cancellationToken)
    {
        await using var storage = await BenchmarkStorage.StartAsync(session, cancellationToken);
        return
        [
            .. await CompareAsync(session, storage, "an event of a conversation with 10,000 items, beside 10", (_, _) => 0,
                (table, many) => table.AddItemsAsync(0, many ? session.Size(ManyItems) : Few, session, cancellationToken),
                cancellationToken),
            .. await CompareAsync(session, storage, "an event of a shop with 100,000 conversations, beside 10",
                (first, number) => first + number % 10,
                (table, many) =>
                    table.AddConversationsAsync(many ? session.Size(ManyConversations) : Few, session, cancellationToken),
                cancellationToken),
        ];
    }

    private static Task<IReadOnlyList<Comparison>> CompareAsync(
        Session session, BenchmarkStorage storage, string what, Func<int, int, int> conversationOf,
        Func<TableClient, bool, Task> fillAsync, CancellationToken cancellationToken) => storage.WithTableAsync(async large =>
    {
        await fillAsync(large, true);
        var number = 0;
        var readings = await session.InterleaveAsync(cancellationToken,
            new Side("few", token => storage.WithTableAsync(async small =>
            {
                await fillAsync(small, false);
                return await ProjectAsync(small);
            }, token)),
            new Side("many", _ => ProjectAsync(large)));
        return (IReadOnlyList<Comparison>)
        [
            Comparison.Create(what, Requests, readings[0], readings[1], Goal.AtMost(1.1)),
            Comparison.Create(what, Bytes, readings[0], readings[1], Goal.AtMost(1.1)),
            Comparison.Create(what, Milliseconds, readings[0], readings[1]),
        ];

        async Task<Reading> ProjectAsync(TableClient table)
        {
            // One full batch, and some events in batches of one.
            var first = number += DeliveryProcessor.BatchSize + LoneEvents;
            QueuedEvent[] events = [.. Enumerable.Range(first, DeliveryProcessor.BatchSize + LoneEvents)
                .Select(each => Webhooks.ToQueued(Webhooks.Body(Conversations.ShopId, conversationOf(first, each), each)))];
            var projector = storage.Projector(table);
            storage.Requests.Take();
            var started = Stopwatch.GetTimestamp();
            await projector.ApplyAsync(events[..DeliveryProcessor.BatchSize], cancellationToken);
            foreach (var e in events[DeliveryProcessor.BatchSize..]) await projector.ApplyAsync([e], cancellationToken);
            var (elapsed, requests) = (Stopwatch.GetElapsedTime(started), storage.Requests.Take());
            return new Reading
            {
                [Requests] = (double)requests.Total / events.Length,
                [Bytes] = (double)requests.Bytes / events.Length,
                [Milliseconds] = elapsed.TotalMilliseconds / events.Length,
            };
        }
    }, cancellationToken);
}
