using BelcoFunctions.Cli.Serve.Host;

namespace BelcoFunctions.Benchmarks.Serving;

/// <summary>Sends a burst of events through <c>belco serve</c> until the last row, compared with the projector alone. Both
/// get a first burst, so that the JIT compiler is not measured.</summary>
internal sealed class BurstBenchmark : IBenchmark
{
    private const int Events = 20_000;
    private const int Connections = 32;
    private const string PerSecond = "events/s";
    private const string Transactions = "transactions an event";
    private const string Reads = "reads an event";
    private const string Processor = "processor ms an event, without Azurite's";
    private const string Memory = "MiB at most";
    private const string Growth = "MiB, last quarter to second";

    public string Name => "burst";

    public string Summary => "20,000 events from the first POST to the last row, and the memory they take";

    public async Task<IReadOnlyList<Comparison>> RunAsync(Session session, CancellationToken cancellationToken)
    {
        session.Show("making events");
        var count = session.Size(Events);
        var (requests, batches) = (LoadClient.Requests(first: 0, count), Conversations.TenAtATime.Batches(count));
        await using var storage = await BenchmarkStorage.StartAsync(session, cancellationToken);
        using var data = new TemporaryFolder();
        await using var belco = await ServerProcess.StartBelcoAsync(data.Path, storage.ConnectionString, cancellationToken);
        using var status = new ServeStatusClient(belco);
        var readings = await session.InterleaveAsync(cancellationToken,
            new Side("projector", token => ProjectAsync(storage, batches, token)),
            new Side("belco serve", token => ServeAsync(session, storage, belco, status, requests, token)));
        var what = $"{count:N0} events of 500 conversations, 10 at a time";
        return
        [
            Comparison.Create(what, PerSecond, readings[0], readings[1], Goal.AtLeast(0.85)),
            Comparison.Create(what, Transactions, readings[0], readings[1]),
            Comparison.Create(what, Reads, readings[0], readings[1]),
            Comparison.Create(what, Processor, readings[0], readings[1]),
            Comparison.Create(what, Memory, readings[1], Goal.AtMost(200)),
            Comparison.Create(what, Growth, readings[1], Goal.AtMost(1.1)),
        ];
    }

    private static Task<Reading> ProjectAsync(
        BenchmarkStorage storage, QueuedEvent[][] batches, CancellationToken cancellationToken) =>
        storage.WithTableAsync(async table =>
        {
            var projector = storage.Projector(table, new ConversationMemory());
            var (started, worked) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            foreach (var batch in batches) await projector.ApplyAsync(batch, cancellationToken);
            return ToReading(batches.Sum(batch => batch.Length), Stopwatch.GetElapsedTime(started),
                Environment.CpuUsage.TotalTime - worked, storage.Requests.Take());
        }, cancellationToken);

    private static async Task<Reading> ServeAsync(Session session, BenchmarkStorage storage, ServerProcess belco,
        ServeStatusClient status, byte[][] requests, CancellationToken cancellationToken)
    {
        // The table is empty, as for the projector, so the same events are not duplicates.
        var table = new TableClient(storage.ConnectionString, ConversationTable.Name);
        await table.DeleteAsync(cancellationToken);
        await table.CreateAsync(cancellationToken);
        var (before, memory) = (await status.ReadAsync(cancellationToken), new MemoryCurve());
        var (started, worked) = (Stopwatch.GetTimestamp(), belco.ProcessorTime);
        var serving = ServeAsync();
        await Task.WhenAll(serving, memory.FollowAsync(belco, serving));
        var after = await status.ReadAsync(cancellationToken);
        var reading = ToReading(
            requests.Length, await serving, belco.ProcessorTime - worked, after.TableRequests - before.TableRequests);
        reading[Memory] = memory.Highest;
        reading[Growth] = memory.Growth;
        return reading;

        async Task<TimeSpan> ServeAsync()
        {
            await LoadClient.PostAsync(belco.EndPoint, requests, Connections, cancellationToken);
            await status.WaitUntilProjectedAsync(session, before.Projected + requests.Length, cancellationToken);
            return Stopwatch.GetElapsedTime(started);
        }
    }

    private static Reading ToReading(int events, TimeSpan elapsed, TimeSpan worked, RequestCounts requests) => new()
    {
        [PerSecond] = events / elapsed.TotalSeconds,
        [Transactions] = (double)requests.Transactions / events,
        [Reads] = (double)requests.Reads / events,
        [Processor] = worked.TotalMilliseconds / events,
    };
}
