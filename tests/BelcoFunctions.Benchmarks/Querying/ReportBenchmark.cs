using Azure.Storage.Blobs;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Reporting;
using BelcoFunctions.Reporting.Definitions;
using BelcoFunctions.Reporting.Reading;
using NodaTime;

namespace BelcoFunctions.Benchmarks.Querying;

/// <summary>Counts reports of a shop, compared with reading the same rows with the bare SDK.</summary>
internal sealed class ReportBenchmark : IBenchmark
{
    private const int InShop = 20_000;
    private const int EventsEach = 5;

    /// <summary>Conversations of the short range.</summary>
    private const int Recent = 160;

    private const string Requests = "requests";
    private const string Bytes = "bytes";
    private const string Milliseconds = "ms";

    public string Name => "report";

    public string Summary => "reports of a shop with 20,000 conversations of five events";

    public async Task<IReadOnlyList<Comparison>> RunAsync(Session session, CancellationToken cancellationToken)
    {
        await using var storage = await BenchmarkStorage.StartAsync(session, cancellationToken);
        return await storage.WithTableAsync(async table =>
        {
            var count = session.Size(InShop);
            await table.AddTimelinesAsync(count, EventsEach, session, cancellationToken);
            var payloads = new BlobPayloadStore(new BlobContainerClient(storage.ConnectionString, "payloads"));
            var conversations = new ConversationTable(table, Concurrency.OnThreads);
            var reader = new ReportReader(
                new ReportQueries(conversations), new RawEventQuery(conversations, new PayloadReader(payloads)));
            var readings = await session.InterleaveAsync(cancellationToken,
                Side("all rows", token => CountRowsAsync(table, token)),
                Side("report", token => CountMessagesAsync(reader, count, token)),
                Side("short report", token => CountMessagesAsync(reader, Math.Min(Recent, count), token)));
            const string All = "a report of all of 20,000 conversations, beside their rows";
            const string Short = "a report of the last 160 of them, beside all rows";
            return (IReadOnlyList<Comparison>)
            [
                Comparison.Create(All, Requests, readings[0], readings[1], Goal.AtMost(1)),
                Comparison.Create(All, Bytes, readings[0], readings[1]),
                Comparison.Create(All, Milliseconds, readings[0], readings[1]),
                Comparison.Create(Short, Requests, readings[0], readings[2]),
                Comparison.Create(Short, Bytes, readings[0], readings[2]),
                Comparison.Create(Short, Milliseconds, readings[0], readings[2]),
            ];
        }, cancellationToken);

        Side Side(string name, Func<CancellationToken, Task> readAsync) => new(name, async token =>
        {
            storage.Requests.Take();
            var started = Stopwatch.GetTimestamp();
            await readAsync(token);
            var (elapsed, requests) = (Stopwatch.GetElapsedTime(started), storage.Requests.Take());
            return new Reading
            {
                [Requests] = requests.Total,
                [Bytes] = requests.Bytes,
                [Milliseconds] = elapsed.TotalMilliseconds,
            };
        });
    }

    private static async Task CountRowsAsync(TableClient table, CancellationToken cancellationToken)
    {
        foreach (var prefix in (string[])[TableKeys.ConversationPrefix, TableKeys.TimelinesPrefix])
        {
            var keys = KeyRange.From(prefix);
            var rows = table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter(
                $"PartitionKey eq {Conversations.ShopId} and RowKey gt {keys.After} and RowKey lt {keys.Before}"),
                cancellationToken: cancellationToken);
            if (await rows.CountAsync(cancellationToken) == 0)
                throw new InvalidOperationException($"There are no rows {prefix}.");
        }
    }

    /// <summary>A report of the most recent conversations. Each of them has its five messages within a second.</summary>
    private static async Task CountMessagesAsync(ReportReader reader, int conversations, CancellationToken cancellationToken)
    {
        var request = new ReportRequest(Conversations.ShopId, Webhooks.Start.AddSeconds(-conversations), Webhooks.Start,
            DateTimeZone.Utc, GroupBy.Agent);
        var report = (await reader.ReportAsync(request, ReportLimits.None, progress: null, cancellationToken))!;
        var messages = report.Total.Count(Figure.AgentMessages) + report.Total.Count(Figure.CustomerMessages);
        if (messages != conversations * EventsEach) throw new InvalidOperationException($"{messages} messages are too few.");
    }
}
