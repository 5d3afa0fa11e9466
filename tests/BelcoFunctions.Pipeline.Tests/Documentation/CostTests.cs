using System.Diagnostics;
using System.Globalization;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Pipeline.Telemetry;
using BelcoFunctions.Pipeline.Tests.Fuzzing;
using BelcoFunctions.Testing.Receiving;

namespace BelcoFunctions.Pipeline.Tests.Documentation;

/// <summary>What one event takes, in the tables of docs/cost.md.</summary>
public sealed class CostTests(AzuriteFixture azurite) : TableTests(azurite)
{
    [AzuriteFact]
    public async Task The_table_of_operations_is_what_the_projector_does()
    {
        Operations[] columns =
        [
            await CountAsync(events: 1, conversations: 1, known: true),
            await CountAsync(events: DeliveryProcessor.BatchSize, conversations: 10, known: true),
            await CountAsync(events: 1, conversations: 1, known: false),
        ];
        DocumentationPage.AssertGenerated(CostPage.Path, "table-operations", $"""
            | one event takes | 1 in a batch | {DeliveryProcessor.BatchSize} in a batch | {CostPage.FirstOfConversation} |
            |---|---|---|---|
            | point reads | {Cells(columns, column => column.PointReads)} |
            | transactions | {Cells(columns, column => column.Transactions)} |
            | rows in the transactions | {Cells(columns, column => column.Rows)} |
            | KB stored | {Cells(columns, column => column.Kilobytes)} |

            """.ReplaceLineEndings("\n"));
    }

    [AzuriteFact]
    public async Task A_health_check_queries_both_tables_and_peeks_into_every_queue()
    {
        await Table.Storage(Log).CheckTablesAsync(CancellationToken.None);

        var page = CostPage.Read();
        Assert.Equal(page.Figure("queries", ""), Log.Queries);
        Assert.Equal(Log.Queries, Log.Total);
        Assert.Equal(QueueNames.All.Count, page.Figure("peek", ""));
    }

    [Fact]
    public void An_execution_is_for_one_webhook_or_one_batch()
    {
        var page = CostPage.Read();
        Assert.Equal(1m / DeliveryProcessor.BatchSize, page.Figure("executions of Project…", "50 in a batch"));
        Assert.Equal(1, page.Figure("executions of Project…", "1 in a batch"));
        Assert.Equal(1, page.Figure("executions of ReceiveWebhook", "1 in a batch"));
        Assert.Equal(1, page.Figure("executions of ReceiveWebhook", "50 in a batch"));
    }

    [AzuriteFact]
    public async Task An_unprojected_event_without_a_shop_costs_a_query_and_the_reads_for_each_shop()
    {
        await Table.ProjectAsync(Reply("c", 1));
        await KeepAsync([await ReceiveAsync("""{"requestId":"r","eventName":"contact.created"}"""u8.ToArray())]);

        // There is one shop. The last query finds no other.
        Assert.Equal((4, 1 + 2 + 4), (Log.PointReads, Log.Total));
    }

    [AzuriteTheory]
    [InlineData("""{"requestId":"r","eventName":"e","payload":{"shopId":"s"}}""", 3, 0)]
    [InlineData("""{"requestId":"r","eventName":"e","payload":{"shopId":"s","more":"text"}}""", 5, 0)]
    [InlineData(null, 0, 1)]
    public async Task An_unprojected_event_with_a_shop_costs_two_reads_a_string_or_a_query(string? body, int strings, int queries)
    {
        var numbers = string.Join(',', Enumerable.Range(0, 98).Select(number => $"\"{number}\""));
        body ??= $$$"""{"requestId":"r","eventName":"e","payload":{"shopId":"s","_id":[{{{numbers}}}]}}""";

        await KeepAsync([await ReceiveAsync(System.Text.Encoding.UTF8.GetBytes(body))]);

        Assert.Equal((2 * strings, queries, 1 + 2 * strings + queries), (Log.PointReads, Log.Queries, Log.Total));
    }

    [AzuriteTheory]
    [InlineData(ClaimCheck.MaxQueuedBytes, 0)]
    [InlineData(ClaimCheck.MaxQueuedBytes + 1, 1)]
    [InlineData(4 * 1024 * 1024, 1)]
    public async Task A_body_over_128_KiB_is_one_blob_written_and_read_once(int size, int requests)
    {
        var payloads = Table.PayloadsThrough(Log);
        var receiver = new TestReceiver(payloads);

        await receiver.ReceiveAsync(EventFactory.ReplyOfSize(size));
        Assert.Equal(requests, Log.Total);

        Log.Clear();
        await Table.ProjectorReading(payloads).ProjectAsync(receiver.Queued, CancellationToken.None);
        Assert.Equal(requests, Log.Total);
    }

    [AzuriteFact]
    public async Task The_library_makes_two_spans_an_event_and_one_a_batch()
    {
        using var test = new Activity("test").Start();
        List<string> spans = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == PipelineTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            // Tests run in parallel: only the trace of this one counts.
            ActivityStopped = span => { if (span.TraceId == test.TraceId) lock (spans) spans.Add(span.OperationName); },
        };
        ActivitySource.AddActivityListener(listener);

        var queued = await ReceiveAsync(EventFactory.Reply("c", 1));
        var unprojected = new UnprojectedEventStore(
            Table.Storage(), new PayloadReader(Table.Payloads), TimeProvider.System);
        await new DeliveryProcessor(Table.Projector(), unprojected, TestMetrics.Projecting)
            .ProcessAsync(queued.Queue, [new Delivery(queued, Failures: 0)], CancellationToken.None);

        Assert.Equal(["receive webhook", "project event", "project batch"], spans);
    }

    /// <summary>What one event takes on average, in batches like this one.</summary>
    private async Task<Operations> CountAsync(int events, int conversations, bool known)
    {
        var (table, log) = (await CreateTableAsync(), new RequestLog());
        var all = EventFactory.Batch(2 * events, conversations);
        if (known) await table.ProjectAsync(all[..events]);

        await table.Projector(log).ProjectAsync(all[events..], CancellationToken.None);

        Assert.Equal(log.PointReads + log.Transactions, log.Total);
        return new(Each(log.PointReads), Each(log.Transactions), Each(log.TransactionRows),
            PayloadFiles.Names.Average(name => AddedBytes(PayloadFiles.Read(name).ToEvent(), known)) / 1000);

        double Each(int count) => (double)count / events;
    }

    /// <summary>The bytes of the rows that a sample adds. The rows of a known conversation are replaced.</summary>
    private static int AddedBytes(BelcoEvent e, bool known)
    {
        var timeline = TimelineRow.ToEntity(e, TestReceiver.Now, payloadBlob: null);
        if (known) return RowLimits.Bytes(timeline);
        var state = new[] { e }.Fold();
        TableEntity[] rows =
        [
            timeline, ConversationRow.ToEntity(state), ConversationRow.ToRecentEntity(state),
            new StoredCustomer(state.ShopId, state.CustomerId.Value!).ToEntity(erasure: null),
        ];
        return rows.Sum(RowLimits.Bytes);
    }

    private static string Cells(IEnumerable<Operations> columns, Func<Operations, double> figure) => string.Join(" | ",
        columns.Select(column => figure(column).ToString("0.##", CultureInfo.InvariantCulture)));

    private readonly record struct Operations(double PointReads, double Transactions, double Rows, double Kilobytes);
}
