using System.Diagnostics;
using System.Globalization;
using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Pipeline.Tables;
using BelcoFunctions.Pipeline.Telemetry;
using BelcoFunctions.Pipeline.Tests.Fuzzing;
using BelcoFunctions.Pipeline.Tests.Storage;
using BelcoFunctions.Tests;
using Xunit;

namespace BelcoFunctions.Pipeline.Tests.Documentation;

/// <summary>The operations that docs/cost.md multiplies by a million.</summary>
[Collection(Azurite.Name)]
public sealed class CostTests(AzuriteFixture azurite)
{
    private readonly RequestLog log = new();

    [AzuriteTheory]
    [InlineData(1, 1, 1, 4)]
    [InlineData(50, 10, 10, 80)]
    public async Task Events_of_known_conversations(int events, int conversations, int reads, int rows)
    {
        var table = await TestTable.CreateAsync(azurite);
        var all = EventFactory.Batch(2 * events, conversations);
        await table.ProjectAsync(all[..events]);

        await table.Projector(log).ProjectAsync(all[events..], CancellationToken.None);

        Assert.Equal((reads, 1, reads + 1, rows), (log.PointReads, log.Transactions, log.Total, log.TransactionRows));
        AssertDocumented($"| {events} in a batch | {PerMillion(reads, events)} | {PerMillion(1, events)} | {PerMillion(rows, events)} |");
    }

    [AzuriteFact]
    public async Task The_first_event_of_a_conversation_writes_three_rows()
    {
        var table = await TestTable.CreateAsync(azurite);
        await table.Projector(log).ProjectAsync([EventFactory.Reply("c", 1).ToQueued()], CancellationToken.None);
        Assert.Equal(3, log.TransactionRows);
    }

    [Fact]
    public void A_sample_takes_as_much_room_as_the_page_says()
    {
        var bytes = PayloadFiles.Names.Average(name =>
            RowLimits.Bytes(TimelineRow.ToEntity(PayloadFiles.Read(name).ToEvent(), DateTimeOffset.UnixEpoch, payloadBlob: null)));
        AssertDocumented($"{(bytes / 1000).ToString("N1", CultureInfo.InvariantCulture)} KB");
    }

    [AzuriteFact]
    public async Task An_event_that_is_not_projected_is_one_insert()
    {
        var table = await TestTable.CreateAsync(azurite);
        var receiver = new TestReceiver(table.Payloads);
        await receiver.ReceiveAsync("""{"requestId":"r","eventName":"contact.created"}"""u8.ToArray());

        await new UnprojectedEventStore(table.Client(log), new PayloadReader(table.Payloads)).KeepAsync(receiver.Queued, CancellationToken.None);

        Assert.Equal(1, log.Total);
    }

    [AzuriteTheory]
    [InlineData(WebhookReceiver.MaxQueuedBytes, 0)]
    [InlineData(WebhookReceiver.MaxQueuedBytes + 1, 1)]
    [InlineData(4 * 1024 * 1024, 1)]
    public async Task A_body_over_128_KiB_is_one_blob_written_and_read_once(int size, int requests)
    {
        var table = await TestTable.CreateAsync(azurite);
        var (empty, payloads) = (EventFactory.Reply("c", 1, item => item["body"] = "").Length, table.PayloadsThrough(log));
        var receiver = new TestReceiver(payloads);

        await receiver.ReceiveAsync(EventFactory.Reply("c", 1, item => item["body"] = new string('x', size - empty)));
        Assert.Equal(requests, log.Total);

        log.Clear();
        await table.ProjectorReading(payloads).ProjectAsync(receiver.Queued, CancellationToken.None);
        Assert.Equal(requests, log.Total);
    }

    [AzuriteFact]
    public async Task The_library_makes_two_spans_an_event_and_one_a_batch()
    {
        var table = await TestTable.CreateAsync(azurite);
        using var test = new Activity("test").Start();
        List<string> spans = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == PipelineTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            // Tests run side by side: only this one's trace counts.
            ActivityStopped = span => { if (span.TraceId == test.TraceId) lock (spans) spans.Add(span.OperationName); },
        };
        ActivitySource.AddActivityListener(listener);

        var receiver = new TestReceiver(table.Payloads);
        await receiver.ReceiveAsync(EventFactory.Reply("c", 1));
        var processor = new DeliveryProcessor(table.Projector(), new UnprojectedEventStore(table.Client(), new PayloadReader(table.Payloads)), TestMetrics.Projecting);
        await processor.ProcessAsync(receiver.Queued[0].Queue, [new Delivery(receiver.Queued[0], Failures: 0)], CancellationToken.None);

        Assert.Equal(["receive webhook", "project event", "project batch"], spans);
    }

    private static string PerMillion(int operations, int events) =>
        (1_000_000L * operations / events).ToString("N0", CultureInfo.InvariantCulture);

    private static void AssertDocumented(string text) => Assert.Contains(text, DocumentationPage.Read("docs/cost.md").Text, StringComparison.Ordinal);
}
