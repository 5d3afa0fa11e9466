using System.Diagnostics;
using BelcoFunctions.Benchmarks.Measuring;
using BelcoFunctions.Benchmarks.Workload;

namespace BelcoFunctions.Benchmarks.Serving;

/// <summary>A burst of events through <c>belco serve</c> to the last row, beside the projector alone.</summary>
internal sealed class BurstBenchmark : IBenchmark
{
    private const int Events = 20_000;
    private const int Connections = 32;
    private const string PerSecond = "events/s";
    private const string TransactionsPerEvent = "transactions an event";
    private const string ReadsPerEvent = "reads an event";
    private const string Processor = "processor ms an event, without Azurite's";
    private const string Memory = "MiB at most";
    private const string Growth = "MiB, last quarter to second";

    public string Name => "burst";

    public string Summary => "20,000 events from the first POST to the last row, and the memory they take";

    public async Task<IReadOnlyList<Comparison>> RunAsync(Session session, CancellationToken cancellationToken)
    {
        session.Show($"making {Events:N0} events");
        var requests = LoadClient.Requests(first: 0, Events);
        var batches = Conversations.TenAtATime.Batches(Events);
        var readings = await session.InterleaveAsync(cancellationToken,
            new Side("projector", async token =>
            {
                await using var storage = await BenchmarkStorage.StartAsync(session, token);
                return await storage.WithTableAsync(async table =>
                {
                    var started = Stopwatch.GetTimestamp();
                    foreach (var batch in batches) await storage.Projector(table).ProjectAsync(batch, token);
                    return WithRequests(storage.Requests.Take(), new Reading
                    {
                        [PerSecond] = Events / Stopwatch.GetElapsedTime(started).TotalSeconds,
                    });
                }, token);
            }),
            new Side("belco serve", token => ServeAsync(session, requests, token)));
        var what = $"{Events:N0} events of 500 conversations, {Conversations.TenAtATime.Description}";
        return
        [
            Comparison.Of(what, PerSecond, readings[0], readings[1], Goal.AtLeast(0.6)),
            Comparison.Of(what, TransactionsPerEvent, readings[0], readings[1]),
            Comparison.Of(what, ReadsPerEvent, readings[0], readings[1]),
            Comparison.Of(what, Processor, readings[1]),
            Comparison.Of(what, Memory, readings[1], Goal.AtMost(200)),
            Comparison.Of(what, Growth, readings[1], Goal.AtMost(1.1)),
        ];
    }

    private static async Task<Reading> ServeAsync(Session session, byte[][] requests, CancellationToken cancellationToken)
    {
        await using var storage = await BenchmarkStorage.StartAsync(session, cancellationToken);
        using var data = new TemporaryFolder();
        await using var belco = await ServerProcess.StartBelcoAsync(data.Path, storage.ConnectionString, cancellationToken);
        using var status = new ServeStatusClient(belco);
        var started = Stopwatch.GetTimestamp();
        var (memory, projecting) = (new MemoryCurve(), ProjectAsync());
        await Task.WhenAll(projecting, memory.FollowAsync(belco, projecting));
        return WithRequests(await status.ReadTableRequestsAsync(cancellationToken), new Reading
        {
            [PerSecond] = Events / (await projecting).TotalSeconds,
            [Processor] = belco.ProcessorTime.TotalMilliseconds / Events,
            [Memory] = memory.Highest,
            [Growth] = memory.Growth,
        });

        async Task<TimeSpan> ProjectAsync()
        {
            await LoadClient.PostAsync(belco.EndPoint, requests, Connections, cancellationToken);
            await status.WaitUntilProjectedAsync(session, Events, cancellationToken);
            return Stopwatch.GetElapsedTime(started);
        }
    }

    private static Reading WithRequests(RequestCounts requests, Reading reading)
    {
        reading[TransactionsPerEvent] = (double)requests.Transactions / Events;
        reading[ReadsPerEvent] = (double)requests.Reads / Events;
        return reading;
    }
}
