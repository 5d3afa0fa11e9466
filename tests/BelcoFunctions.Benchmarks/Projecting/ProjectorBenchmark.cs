using BelcoFunctions.Cli.Serve.Host;

namespace BelcoFunctions.Benchmarks.Projecting;

/// <summary>Projects batches of events, compared with writing the same rows in the same transactions with the bare
/// SDK.</summary>
internal sealed class ProjectorBenchmark : IBenchmark
{
    private const int Events = 10_000;
    private const int LoneEvents = 500;
    private const int ParallelReads = 16;
    private const string RowsPerSecond = "rows/s";
    private const string Transactions = "transactions an event";
    private const string Reads = "reads a conversation and batch";
    private const string Bytes = "bytes an event";

    public string Name => "projector";

    public string Summary => "10,000 events of 500 conversations in batches of 50";

    public async Task<IReadOnlyList<Comparison>> RunAsync(Session session, CancellationToken cancellationToken)
    {
        await using var storage = await BenchmarkStorage.StartAsync(session, cancellationToken);
        return
        [
            .. await CompareAsync(session, storage, "batches of 50 events, 10 conversations at a time",
                Conversations.TenAtATime.Batches(session.Size(Events)), Goal.AtLeast(0.85), Goal.AtMost(0.04), cancellationToken),
            .. await CompareAsync(session, storage, "batches of 50 events, 500 conversations at once",
                Conversations.AllAtOnce.Batches(session.Size(Events)), Goal.AtLeast(0.9), Goal.AtMost(0.04), cancellationToken),
            .. await CompareAsync(session, storage, "events that come alone",
                [.. Conversations.TenAtATime.Batches(LoneEvents).SelectMany(batch => batch.Chunk(1))],
                Goal.AtLeast(0.9), Goal.AtMost(1), cancellationToken),
        ];
    }

    private static async Task<IReadOnlyList<Comparison>> CompareAsync(
        Session session, BenchmarkStorage storage, string what, QueuedEvent[][] batches, Goal? speed, Goal transactions,
        CancellationToken cancellationToken)
    {
        session.Show(what);
        var events = batches.Sum(batch => batch.Length);
        var bare = BareTransactions.From(batches);
        var readings = await session.InterleaveAsync(cancellationToken,
            Side("bare SDK", table => index => SubmitAsync(table, bare[index], cancellationToken)),
            Side("bare SDK with the reads", table => async index =>
            {
                await ReadAsync(table, bare[index], cancellationToken);
                await SubmitAsync(table, bare[index], cancellationToken);
            }),
            Side("projector that reads", table =>
            {
                var projector = storage.Projector(table);
                return index => projector.ApplyAsync(batches[index], cancellationToken);
            }),
            Side("projector that remembers", table =>
            {
                // New in each round, like the table.
                var projector = storage.Projector(table, new ConversationMemory());
                return index => projector.ApplyAsync(batches[index], cancellationToken);
            }));
        var (limit, limitWithReads, reading, remembering) = (readings[0], readings[1], readings[2], readings[3]);
        return
        [
            Comparison.Create(what, RowsPerSecond, limit, remembering, speed),
            Comparison.Create(what, Transactions, remembering, transactions),
            Comparison.Create(what, Reads, remembering, Goal.AtMost(1)),
            Comparison.Create($"{what}; both read first, as on Azure", RowsPerSecond, limitWithReads, reading),
            Comparison.Create($"{what}; both read first, as on Azure", Bytes, limitWithReads, reading),
            Comparison.Create($"{what}; both read first, as on Azure", Transactions, reading, transactions),
            Comparison.Create($"{what}; both read first, as on Azure", Reads, reading, Goal.AtMost(1)),
        ];

        Side Side(string name, Func<TableClient, Func<int, Task>> writer) =>
            new(name, token => storage.WithTableAsync(async table =>
        {
            var write = writer(table);
            var started = Stopwatch.GetTimestamp();
            for (var index = 0; index < batches.Length; index++) await write(index);
            var elapsed = Stopwatch.GetElapsedTime(started);
            var requests = storage.Requests.Take();
            return new Reading
            {
                [RowsPerSecond] = bare.Sum(batch => batch.Transactions.Sum(actions => actions.Length)) / elapsed.TotalSeconds,
                [Bytes] = (double)requests.Bytes / events,
                [Transactions] = (double)requests.Transactions / events,
                [Reads] = (double)requests.Reads / bare.Sum(batch => batch.RowKeys.Count),
            };
        }, token));
    }

    private static async Task SubmitAsync(TableClient table, BareTransactions.Batch batch, CancellationToken cancellationToken)
    {
        foreach (var actions in batch.Transactions) await table.SubmitTransactionAsync(actions, cancellationToken);
    }

    private static Task ReadAsync(TableClient table, BareTransactions.Batch batch, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(batch.RowKeys,
            new ParallelOptions { MaxDegreeOfParallelism = ParallelReads, CancellationToken = cancellationToken },
            async (rowKey, token) => await table.GetEntityIfExistsAsync<TableEntity>(
                Conversations.ShopId, rowKey, cancellationToken: token));
}
