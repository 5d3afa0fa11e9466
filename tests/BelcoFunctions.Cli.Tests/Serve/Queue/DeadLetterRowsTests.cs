namespace BelcoFunctions.Cli.Tests.Serve.Queue;

public sealed class DeadLetterRowsTests : QueueTests
{
    [Fact]
    public async Task A_dead_letter_has_its_event_its_reason_and_its_time()
    {
        await Open.EnqueueAsync("one");
        await Open.SettleDueAsync(new Settlement.DeadLetter("NeverProjectable", "not an event"));

        using var queues = QueueDatabase.Open(Open.Folder, create: false);
        Assert.Equal(
            new DeadLetter(1, OpenQueue.Name, "conversation.replied", "one", OpenQueue.Event("one").ReceivedAt,
                Open.Time.GetUtcNow(), 1, "NeverProjectable", "not an event")
            { IsInBlob = true },
            Assert.Single(DeadLetterRows.List(queues)));
        var statistics = Open.Queue.ReadStatistics().Single(queue => queue.Queue == OpenQueue.Name);
        Assert.Equal((0, 1), (statistics.Depth, statistics.DeadLetters));
        Assert.Empty(await Open.ReceiveDueAsync());
    }

    [Fact]
    public async Task A_redriven_event_is_delivered_as_if_for_the_first_time()
    {
        var sent = OpenQueue.Event("one");
        await Open.Queue.EnqueueAsync(sent, CancellationToken.None);
        await Open.SettleDueAsync(new Settlement.Abandon(9, "broken"));
        Open.Time.Advance(Backoff.Max);
        await Open.SettleDueAsync(new Settlement.DeadLetter("Failed", "broken"));

        using var queues = QueueDatabase.Open(Open.Folder, create: false);
        Assert.Equal(2, Assert.Single(DeadLetterRows.List(queues)).Tries);
        Assert.Equal(1, DeadLetterRows.Redrive(queues, new()));

        Assert.Empty(DeadLetterRows.List(queues));
        var delivery = Assert.Single(await Open.ReceiveDueAsync());
        Assert.Equal(sent with { Body = default }, delivery.Event with { Body = default });
        Assert.Equal(sent.Body.ToArray(), delivery.Event.Body.ToArray());
        Assert.Equal((1, 0), (delivery.DeliveryCount, delivery.Failures));
    }

    [Fact]
    public async Task A_redrive_can_be_limited_to_one_queue()
    {
        await Open.Queue.EnqueueAsync(OpenQueue.Event("one"), CancellationToken.None);
        await Open.Queue.EnqueueAsync(OpenQueue.Event("two", QueueNames.UnprojectedEvents), CancellationToken.None);
        foreach (var name in new[] { OpenQueue.Name, QueueNames.UnprojectedEvents })
        {
            var delivery = Assert.Single(await Open.ReceiveDueAsync(name));
            await Open.Queue.SettleAsync([(delivery, new Settlement.DeadLetter("NeverProjectable", "not an event"))]);
        }

        using var queues = QueueDatabase.Open(Open.Folder, create: false);
        Assert.Equal(1, DeadLetterRows.Redrive(queues, new(Queue: QueueNames.UnprojectedEvents)));

        Assert.Equal("one", Assert.Single(DeadLetterRows.List(queues)).RequestId);
        Assert.Empty(await Open.ReceiveDueAsync());
        Assert.Single(await Open.ReceiveDueAsync(QueueNames.UnprojectedEvents));
    }

    [Fact]
    public async Task A_redriven_event_that_fails_again_is_a_dead_letter_again()
    {
        await Open.EnqueueAsync("one");
        using var queues = QueueDatabase.Open(Open.Folder, create: false);
        for (var times = 0; times < 3; times++)
        {
            await Open.SettleDueAsync(new Settlement.DeadLetter("NeverProjectable", "not an event"));
            Assert.Equal(1, DeadLetterRows.Redrive(queues, new()));
        }

        Assert.Equal(["one"], await Open.ReceiveDueIdsAsync());
    }

    [Fact]
    public async Task A_limited_redrive_takes_the_oldest()
    {
        using var queues = await FailAsync("one", "two", "three", "four");

        Assert.Equal(2, DeadLetterRows.Redrive(queues, new() { Limit = 2 }));

        Assert.Equal(["one", "two"], await Open.ReceiveDueIdsAsync());
        Assert.Equal(["three", "four"], DeadLetterRows.List(queues).Select(letter => letter.RequestId));
    }

    [Fact]
    public async Task A_count_finds_what_a_redrive_would_take_and_changes_nothing()
    {
        using var queues = await FailAsync("one", "two");
        Open.Time.Advance(TimeSpan.FromMinutes(1));
        await Open.EnqueueAsync("three");
        await Open.SettleDueAsync(new Settlement.DeadLetter("NeverProjectable", "not an event"));
        var began = Open.Time.GetUtcNow().AddMinutes(-1);

        Assert.Equal([("Failed", 2, began), ("NeverProjectable", 1, Open.Time.GetUtcNow())], Count(new()));
        Assert.Equal([("Failed", 1, began)], Count(new() { Limit = 1 }));
        Assert.Equal([("Failed", 2, began)], Count(new() { Through = new(began, 2) }));
        Assert.Equal([("Failed", 1, began)], Count(new() { Through = new(began, 1) }));
        Assert.Equal(
            [("Failed", 1, began), ("NeverProjectable", 1, Open.Time.GetUtcNow())], Count(new() { After = new(began, 1) }));
        Assert.Equal([("NeverProjectable", 1, Open.Time.GetUtcNow())], Count(new(Reason: "NeverProjectable")));
        Assert.Equal([], Count(new(Queue: QueueNames.ConversationClosed)));
        Assert.Equal(3, DeadLetterRows.List(queues).Count);
        Assert.Empty(await Open.ReceiveDueAsync());

        IEnumerable<(string, int, DateTimeOffset)> Count(DeadLetterSelection selection) =>
            DeadLetterRows.Count(queues, selection).Select(count => (count.Reason, count.Count, count.OldestAt));
    }

    [Fact]
    public async Task A_count_shows_the_description_of_the_newest()
    {
        foreach (var description in new[] { "c is the oldest", "a is between", "b is the newest" })
        {
            await Open.EnqueueAsync(description);
            await Open.SettleDueAsync(new Settlement.DeadLetter("Failed", description));
            Open.Time.Advance(TimeSpan.FromMinutes(1));
        }

        using var queues = QueueDatabase.Open(Open.Folder, create: false);
        var counted = Assert.Single(DeadLetterRows.Count(queues, new()));
        Assert.Equal("b is the newest", counted.NewestDescription);
        Assert.Equal(new DeadLetterPosition(Open.Time.GetUtcNow().AddMinutes(-1), 3), counted.Newest);
        Assert.Equal("a is between", Assert.Single(DeadLetterRows.Count(queues, new() { Limit = 2 })).NewestDescription);
    }

    [Theory]
    [InlineData("SELECT * FROM ({0})")]
    [InlineData("SELECT queue, COUNT(*) FROM dead_letters GROUP BY queue")]
    public void Dead_letters_are_counted_without_reading_their_bodies(string query)
    {
        using var queues = QueueDatabase.Open(Open.Folder, create: false);
        var plan = queues.Query(
            $"EXPLAIN QUERY PLAN {query.Replace("{0}", DeadLetterRows.Selected, StringComparison.Ordinal)}",
            row => row.GetString(3), DeadLetterRows.Parameters(new()));

        Assert.NotEmpty(plan);
        Assert.All(plan.Where(step => step.Contains("dead_letters", StringComparison.Ordinal)),
            step => Assert.Contains("COVERING INDEX", step, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_large_redrive_moves_a_batch_at_a_time_so_that_serve_can_write_between()
    {
        var ids = Enumerable.Range(0, 2 * DeadLetterRows.BatchSize + 1).Select(number => $"{number}").ToArray();
        using var queues = await FailAsync(ids);
        List<int> progress = [];

        var moved = DeadLetterRows.Redrive(queues, new(), total =>
        {
            progress.Add(total);
            // Another connection: it would be refused if the transaction were still open.
            using var other = QueueDatabase.Open(Open.Folder, create: false);
            other.InTransaction(() => { });
        });

        Assert.Equal(ids.Length, moved);
        Assert.Equal([DeadLetterRows.BatchSize, 2 * DeadLetterRows.BatchSize, ids.Length], progress);
        Assert.Empty(DeadLetterRows.List(queues));
    }

    [Fact]
    public async Task An_event_that_is_dead_lettered_again_during_a_redrive_is_not_redriven_again()
    {
        using var queues = await FailAsync([.. Enumerable.Range(0, DeadLetterRows.BatchSize + 1).Select(number => $"{number}")]);

        Assert.Equal(DeadLetterRows.BatchSize + 1, DeadLetterRows.Redrive(queues, new(), total =>
        {
            if (total > DeadLetterRows.BatchSize) return;
            // One delivery for each redriven event.
            Open.SettleDueAsync(new Settlement.DeadLetter("Failed", "again")).GetAwaiter().GetResult();
        }));

        Assert.Equal(100, DeadLetterRows.List(queues).Count);
    }

    [Fact]
    public async Task A_canceled_redrive_ends_after_a_batch_and_says_how_many_it_moved()
    {
        using var queues = await FailAsync([.. Enumerable.Range(0, DeadLetterRows.BatchSize + 1).Select(number => $"{number}")]);
        using var stopping = new CancellationTokenSource();
        Assert.Equal(DeadLetterRows.BatchSize, DeadLetterRows.Redrive(queues, new(), _ => stopping.Cancel(), stopping.Token));
        Assert.Single(DeadLetterRows.List(queues));
    }

    [Fact]
    public async Task A_redriven_event_wakes_a_receiver_that_waits()
    {
        await Open.EnqueueAsync("one");
        await Open.SettleDueAsync(new Settlement.DeadLetter("NeverProjectable", "not an event"));
        var receiving = Open.Queue.ReceiveAsync(OpenQueue.Name, 10, CancellationToken.None);
        Assert.False(receiving.IsCompleted);

        using var queues = QueueDatabase.Open(Open.Folder, create: false);
        DeadLetterRows.Redrive(queues, new());

        Assert.Single(await receiving.WaitAsync(TestTimeout.Limit));
    }

    private async Task<Microsoft.Data.Sqlite.SqliteConnection> FailAsync(params string[] requestIds)
    {
        await Open.EnqueueAsync(requestIds);
        while (await Open.ReceiveDueAsync() is { Count: > 0 } deliveries)
        {
            await Open.Queue.SettleAsync(
                [.. deliveries.Select(delivery => (delivery, (Settlement)new Settlement.DeadLetter("Failed", "broken")))]);
        }

        return QueueDatabase.Open(Open.Folder, create: false);
    }
}
