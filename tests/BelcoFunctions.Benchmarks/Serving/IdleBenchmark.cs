using BelcoFunctions.Benchmarks.Projecting;

namespace BelcoFunctions.Benchmarks.Serving;

/// <summary>Measures the time from the POST of one event to its readable row on an idle machine, compared with one POST and
/// one transaction.</summary>
internal sealed class IdleBenchmark : IBenchmark
{
    private const int Events = 100;
    private const string HalfWait = "p50 ms";
    private const string LongWait = "p99 ms";
    private const string Answered = "p50 ms to the answer";

    public string Name => "idle";

    public string Summary => "one event at a time, from its POST to its readable row";

    public async Task<IReadOnlyList<Comparison>> RunAsync(Session session, CancellationToken cancellationToken)
    {
        await using var storage = await BenchmarkStorage.StartAsync(session, cancellationToken);
        using var data = new TemporaryFolder();
        await using var kestrel = await ServerProcess.StartBareKestrelAsync(cancellationToken);
        await using var belco = await ServerProcess.StartBelcoAsync(data.Path, storage.ConnectionString, cancellationToken);
        var served = new TableClient(storage.ConnectionString, ConversationTable.Name);
        var number = 0;
        var readings = await session.InterleaveAsync(cancellationToken,
            new Side("POST and transaction", token => storage.WithTableAsync(table => MeasureAsync(
                kestrel, number += Events, transaction => table.SubmitTransactionAsync(transaction, token), token), token)),
            new Side("belco serve", token => MeasureAsync(
                belco, number += Events, transaction => WaitForRowAsync(served, transaction[0].Entity, token), token)));
        const string What = "one event";
        return
        [
            Comparison.Create(What, HalfWait, readings[0], readings[1], Goal.AtMost(2.5)),
            Comparison.Create(What, LongWait, readings[0], readings[1]),
            Comparison.Create(What, Answered, readings[0], readings[1]),
        ];
    }

    private static async Task<Reading> MeasureAsync(ServerProcess server, int first,
        Func<TableTransactionAction[], Task> finishAsync, CancellationToken cancellationToken)
    {
        byte[][] bodies =
            [.. Enumerable.Range(first, Events).Select(number => Webhooks.Body(Conversations.ShopId, first, number))];
        var transactions = BareTransactions.From(bodies.Select(body => new[] { Webhooks.ToQueued(body) }));
        List<TimeSpan> answers = [], waits = [];
        using var connection = await WebhookConnection.OpenAsync(server.EndPoint, cancellationToken);
        foreach (var (body, batch) in bodies.Zip(transactions))
        {
            var request = WebhookConnection.Request(body);
            var started = Stopwatch.GetTimestamp();
            await connection.PostAsync(request, cancellationToken);
            answers.Add(Stopwatch.GetElapsedTime(started));
            await finishAsync(batch.Transactions[0]);
            waits.Add(Stopwatch.GetElapsedTime(started));
        }

        return new Reading
        {
            [HalfWait] = waits.Milliseconds(0.5),
            [LongWait] = waits.Milliseconds(0.99),
            [Answered] = answers.Milliseconds(0.5),
        };
    }

    private static async Task WaitForRowAsync(TableClient table, ITableEntity conversation, CancellationToken cancellationToken)
    {
        var wanted = ((TableEntity)conversation).GetString("LastItemId");
        while (true)
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(
                conversation.PartitionKey, conversation.RowKey, ["LastItemId"], cancellationToken);
            if (row.HasValue && row.Value!.GetString("LastItemId") == wanted) return;
        }
    }
}
