using System.Net;
using BelcoFunctions.Pipeline.Http;

namespace BelcoFunctions.Benchmarks.Querying;

/// <summary>Lists the newest 50 conversations of a shop with 100,000, compared with one page of the bare SDK.</summary>
internal sealed class ListBenchmark : IBenchmark
{
    private const int Shown = 50;
    private const int InShop = 100_000;
    private const string Requests = "requests";
    private const string Bytes = "bytes";
    private const string Milliseconds = "ms";

    public string Name => "list";

    public string Summary => "the newest 50 conversations of a shop with 100,000";

    public async Task<IReadOnlyList<Comparison>> RunAsync(Session session, CancellationToken cancellationToken)
    {
        await using var storage = await BenchmarkStorage.StartAsync(session, cancellationToken);
        return await storage.WithTableAsync(async table =>
        {
            await table.AddConversationsAsync(session.Size(InShop), session, cancellationToken);
            var api = new ConversationApi(new ConversationTable(table, Concurrency.OnThreads), TimeProvider.System);
            var readings = await session.InterleaveAsync(cancellationToken,
                Side("one page", async token =>
                {
                    var recent = KeyRange.From(TableKeys.RecentPrefix);
                    var pages = table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter(
                        $"PartitionKey eq {Conversations.ShopId} and RowKey gt {recent.After} and RowKey lt {recent.Before}"),
                        Shown, cancellationToken: token).AsPages();
                    await foreach (var page in pages) return page.Values.Count == Shown;
                    return false;
                }),
                Side("read API", async token =>
                {
                    var reply = await api.ListConversationsAsync(Conversations.ShopId, new([], _ => null), token);
                    return reply.Status is HttpStatusCode.OK;
                }));
            const string What = "newest 50 of 100,000 conversations";
            return (IReadOnlyList<Comparison>)
            [
                Comparison.Create(What, Requests, readings[0], readings[1], Goal.AtMost(1.2)),
                Comparison.Create(What, Bytes, readings[0], readings[1]),
                Comparison.Create(What, Milliseconds, readings[0], readings[1]),
            ];
        }, cancellationToken);

        Side Side(string name, Func<CancellationToken, Task<bool>> listAsync) => new(name, async token =>
        {
            storage.Requests.Take();
            var started = Stopwatch.GetTimestamp();
            if (!await listAsync(token)) throw new InvalidOperationException($"{name} did not list the conversations.");
            var (elapsed, requests) = (Stopwatch.GetElapsedTime(started), storage.Requests.Take());
            return new Reading
            {
                [Requests] = requests.Total,
                [Bytes] = requests.Bytes,
                [Milliseconds] = elapsed.TotalMilliseconds,
            };
        });
    }
}
