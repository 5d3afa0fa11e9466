using BelcoFunctions.Cli.Serve.Live;
using BelcoFunctions.Cli.Serve.Repair;
using BelcoFunctions.Cli.Tests.Serve.Queue;
using BelcoFunctions.Pipeline;
using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Testing.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace BelcoFunctions.Cli.Tests.Serve.Host;

/// <summary>A pump with a real queue file and a real store, and a clock that the test moves.</summary>
[Collection(SharedAzurite.Name)]
public sealed class QueuePumpsTests(AzuriteFixture azurite) : QueueTests
{
    [AzuriteFact]
    public async Task What_was_received_and_not_settled_comes_back_after_a_second()
    {
        await EnqueueAsync("one", blob: null);
        var queue = new RecordingQueue(Open.Queue, Open.Time) { FailingSettlements = 3 };

        await PumpAsync(queue, blobs: null, TimeSpan.FromMilliseconds(100), () => Depth == 0);

        Assert.Equal(Enumerable.Repeat(("one", 1), 4), queue.Received.Select(each => (each.RequestId, each.DeliveryCount)));
        // The clock may move once more before the pump begins to wait.
        foreach (var (failed, next) in queue.Failed.Zip(queue.Received.Skip(1)))
        {
            Assert.InRange(next.At - failed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        }
    }

    [AzuriteFact]
    public async Task An_event_with_an_unexpected_error_is_a_dead_letter_after_ten_and_the_others_are_projected()
    {
        var blobs = Substitute.For<IPayloadStore>();
        blobs.GetAsync("blob", default).ReturnsForAnyArgs<byte[]?>(_ => throw new InvalidOperationException("broken"));
        await EnqueueAsync("poisonous", "blob");
        await EnqueueAsync("one", blob: null);
        var queue = new RecordingQueue(Open.Queue, Open.Time);

        // The waits between the deliveries add up to minutes.
        await PumpAsync(queue, blobs, TimeSpan.FromSeconds(1), () => Depth == 0);

        Assert.Equal(Enumerable.Range(1, Settlement.MaxFailures),
            queue.Received.Where(each => each.RequestId == "poisonous").Select(each => each.DeliveryCount));
        Assert.Single(queue.Received, each => each.RequestId == "one");
        var letter = Assert.Single(Open.Queue.Read(DeadLetterRows.List));
        Assert.Equal(("poisonous", Settlement.MaxFailures, "Failed"), (letter.RequestId, letter.Tries, letter.Reason));
    }

    private int Depth => Open.Queue.ReadStatistics().Sum(queue => queue.Depth);

    private Task EnqueueAsync(string requestId, string? blob)
    {
        var e = PayloadFiles.Parse("conversation.replied");
        e["requestId"] = requestId;
        return Open.Queue.EnqueueAsync(
            OpenQueue.Event(requestId) with { PayloadBlob = blob, Body = blob is null ? e.ToUtf8() : default },
            CancellationToken.None);
    }

    private async Task PumpAsync(ILocalQueue queue, IPayloadStore? blobs, TimeSpan step, Func<bool> isDone)
    {
        var storage = (await TestTable.CreateAsync(azurite)).Storage();
        var services = new ServiceCollection().AddLogging().AddPipeline(new WebhookSettings(), storage);
        if (blobs is not null) services.AddSingleton(blobs);
        await using var provider = services.BuildServiceProvider();
        using var pumps = new QueuePumps(
            queue, provider.GetRequiredService<DeliveryProcessor>(),
            new WebhookLog(new MinuteHistory(Open.Time), Open.Time), new RedriveRuns(Open.Time), QueueConcurrency.OnThreads,
            Open.Time, NullLogger<QueuePumps>.Instance);
        using var stopping = new CancellationTokenSource();
        var pumping = pumps.PumpAsync(OpenQueue.Name, stopping.Token);
        await TestTimeout.UntilAsync(() =>
        {
            Open.Time.Advance(step);
            return isDone();
        });
        await stopping.CancelAsync();
        await pumping;
    }

    /// <summary>Notes what is received, and may fail to settle.</summary>
    private sealed class RecordingQueue(SqliteQueue queue, TimeProvider time) : ILocalQueue
    {
        public int FailingSettlements { get; set; }

        public List<(string RequestId, int DeliveryCount, DateTimeOffset At)> Received { get; } = [];

        public List<DateTimeOffset> Failed { get; } = [];

        public async Task<IReadOnlyList<LocalDelivery>> ReceiveAsync(
            string queueName, int maxDeliveries, CancellationToken cancellationToken)
        {
            var deliveries = await queue.ReceiveAsync(queueName, maxDeliveries, cancellationToken);
            Received.AddRange(deliveries.Select(each => (each.Event.RequestId, each.DeliveryCount, time.GetUtcNow())));
            return deliveries;
        }

        public Task SettleAsync(IReadOnlyList<(LocalDelivery Delivery, Settlement Settlement)> settled)
        {
            if (Failed.Count == FailingSettlements) return queue.SettleAsync(settled);
            Failed.Add(time.GetUtcNow());
            throw new SqliteException("The disk is full.", 13);
        }

        public Task LetSendersGoFirstAsync(CancellationToken cancellationToken) =>
            queue.LetSendersGoFirstAsync(cancellationToken);

        public Task EnqueueAsync(QueuedEvent queuedEvent, CancellationToken cancellationToken) =>
            queue.EnqueueAsync(queuedEvent, cancellationToken);

        public Task CheckAsync(CancellationToken cancellationToken) => queue.CheckAsync(cancellationToken);
    }
}
