using System.Diagnostics;
using System.Globalization;
using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Pipeline.Telemetry;
using BelcoFunctions.Pipeline.Tests.Fuzzing;
using BelcoFunctions.Testing.Receiving;

namespace BelcoFunctions.Pipeline.Tests.Documentation;

/// <summary>The operations that docs/cost.md multiplies by a million.</summary>
public sealed class CostTests(AzuriteFixture azurite) : TableTests(azurite)
{
    [AzuriteFact]
    public async Task The_table_of_operations_is_what_the_projector_does() =>
        DocumentationPage.AssertGenerated("docs/cost.md", "table-operations", $"""
            | events | point reads | transactions | rows in them |
            |---|---|---|---|
            | 1 in a batch | {await CountAsync(events: 1, conversations: 1, known: true)} |
            | 50 in a batch | {await CountAsync(events: 50, conversations: 10, known: true)} |
            | 1 in a batch, the first of its conversation | {await CountAsync(events: 1, conversations: 1, known: false)} |

            """.ReplaceLineEndings("\n"));

    [AzuriteFact]
    public void A_timeline_row_of_a_sample_takes_as_much_room_as_the_page_says()
    {
        var bytes = PayloadFiles.Names.Average(name =>
            RowLimits.Bytes(TimelineRow.ToEntity(PayloadFiles.Read(name).ToEvent(), TestReceiver.Now, payloadBlob: null)));
        var size = (bytes / 1000).ToString("N1", CultureInfo.InvariantCulture);
        Assert.Contains($"{size} KB", DocumentationPage.Read("docs/cost.md").Text, StringComparison.Ordinal);
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

    /// <summary>Point reads, transactions and rows for a million events in batches like this one.</summary>
    private async Task<string> CountAsync(int events, int conversations, bool known)
    {
        var (table, log) = (await CreateTableAsync(), new RequestLog());
        var all = EventFactory.Batch(2 * events, conversations);
        if (known) await table.ProjectAsync(all[..events]);

        await table.Projector(log).ProjectAsync(all[events..], CancellationToken.None);

        Assert.Equal(log.PointReads + log.Transactions, log.Total);
        return string.Join(" | ", new[] { log.PointReads, log.Transactions, log.TransactionRows }
            .Select(count => (1_000_000L * count / events).ToString("N0", CultureInfo.InvariantCulture)));
    }
}
