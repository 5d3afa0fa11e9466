using System.Diagnostics;
using Azure.Data.Tables;
using BelcoFunctions.Benchmarks.Measuring;
using BelcoFunctions.Benchmarks.Projecting;
using BelcoFunctions.Benchmarks.Workload;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Benchmarks.Serving;

/// <summary>From the POST of one event to its readable row while nothing else happens, beside one POST and one transaction.</summary>
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
        var number = 0;
        var readings = await session.InterleaveAsync(cancellationToken,
            new Side("POST and transaction", token => storage.WithTableAsync(
                table => MeasureAsync(kestrel, Numbers(), (_, transaction) => table.SubmitTransactionAsync(transaction, token), token), token)),
            new Side("belco serve", token => MeasureAsync(belco, Numbers(), (timelineKey, _) => WaitForRowAsync(
                new TableClient(storage.ConnectionString, ConversationTable.Name), timelineKey, token), token)));
        const string What = "one event of a new conversation";
        return
        [
            Comparison.Of(What, HalfWait, readings[0], readings[1], Goal.AtMost(3)),
            Comparison.Of(What, LongWait, readings[0], readings[1]),
            Comparison.Of(What, Answered, readings[0], readings[1]),
        ];

        IEnumerable<int> Numbers()
        {
            number += Events;
            return Enumerable.Range(number, Events);
        }
    }

    private static async Task<Reading> MeasureAsync(ServerProcess server, IEnumerable<int> numbers,
        Func<string, TableTransactionAction[], Task> finishAsync, CancellationToken cancellationToken)
    {
        List<TimeSpan> answers = [], waits = [];
        using var connection = await WebhookConnection.OpenAsync(server.EndPoint, cancellationToken);
        foreach (var number in numbers)
        {
            var body = Webhooks.Body(Conversations.ShopId, number, number);
            var request = WebhookConnection.Request(body);
            var transaction = BareTransactions.Of([[Webhooks.ToQueued(body)]])[0].Transactions[0];
            var started = Stopwatch.GetTimestamp();
            await connection.PostAsync(request, cancellationToken);
            answers.Add(Stopwatch.GetElapsedTime(started));
            await finishAsync(transaction[^1].Entity.RowKey, transaction);
            waits.Add(Stopwatch.GetElapsedTime(started));
        }

        return new Reading
        {
            [HalfWait] = waits.Milliseconds(0.5),
            [LongWait] = waits.Milliseconds(0.99),
            [Answered] = answers.Milliseconds(0.5),
        };
    }

    private static async Task WaitForRowAsync(TableClient table, string rowKey, CancellationToken cancellationToken)
    {
        while (!(await table.GetEntityIfExistsAsync<TableEntity>(
            Conversations.ShopId, rowKey, ["RowKey"], cancellationToken)).HasValue) await Task.Delay(1, cancellationToken);
    }
}
