using Microsoft.Extensions.Logging.Abstractions;

namespace BelcoFunctions.Cli.Tests.Serve.Queue;

/// <summary>Half a minute after an event is completed, no file contains its text.</summary>
public sealed class QueueCleaningTests : QueueTests
{
    private const string Words = "these-are-the-words";
    private const string Kept = "kept-words";

    // The service may use the rest of the half minute.
    private static readonly TimeSpan AlmostHalfAMinute = TimeSpan.FromSeconds(30) - QueueCleaning.Interval;

    [Fact]
    public async Task Nothing_of_a_completed_event_remains_in_the_folder()
    {
        await Open.Queue.PutPayloadAsync("blob", Encoding.UTF8.GetBytes(Words), CancellationToken.None);
        await EnqueueAsync(Words, blob: "blob");
        await Open.SettleDueAsync(new Settlement.Complete());
        await EnqueueAsync(Kept);
        Assert.True(Has(Words));

        await CleanAsync();

        Assert.False(Has(Words));
        Assert.Equal(Kept, Encoding.UTF8.GetString(Assert.Single(await Open.ReceiveDueAsync()).Event.Body.Span));
    }

    [Fact]
    public async Task Nothing_remains_of_a_dead_letter_that_was_redriven_and_completed()
    {
        await EnqueueAsync(Words);
        await Open.SettleDueAsync(new Settlement.DeadLetter("Failed", "broken"));
        await CleanAsync();
        Assert.True(Has(Words));

        using (var other = QueueDatabase.Open(Open.Folder, create: false)) DeadLetterRows.Redrive(other, new());
        await Open.SettleDueAsync(new Settlement.Complete());
        await CleanAsync();

        Assert.False(Has(Words));
    }

    // Rows that move from page to page leave copies.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Nothing_remains_of_many_events_of_all_sizes(int seed)
    {
        var random = new Random(seed);
        List<LocalDelivery> waiting = [];
        HashSet<int> completed = [];
        for (var number = 0; number < 400; number++)
        {
            await EnqueueAsync(string.Concat(Enumerable.Repeat(Word(number), random.Next(1, 400))));
            waiting = [.. await Open.ReceiveDueAsync()];
            if (number % 8 > 0) continue;
            var settled = waiting.Where(_ => random.Next(2) == 0).ToList();
            await Open.Queue.SettleAsync([.. settled.Select(each => (each, (Settlement)new Settlement.Complete()))]);
            completed.UnionWith(settled.Select(each => (int)each.Id - 1));
            waiting = [.. waiting.Except(settled)];
            Open.Time.Advance(TimeSpan.FromSeconds(random.Next(3)));
        }

        await CleanAsync();

        Assert.DoesNotContain(completed, number => Has(Word(number)));
        Assert.All(waiting, each => Assert.True(Has(Word((int)each.Id - 1))));
    }

    [Fact]
    public async Task A_file_that_is_being_read_is_cleaned_the_next_time()
    {
        await EnqueueAsync(Words);
        await Open.SettleDueAsync(new Settlement.Complete());
        using (var reader = QueueDatabase.Open(Open.Folder, create: false))
        {
            reader.Execute("BEGIN");
            reader.QuerySingle("SELECT COUNT(*) FROM messages", row => row.GetInt32(0));
            await CleanAsync();
            Assert.True(Has(Words));
            reader.Execute("COMMIT");
        }

        await Open.Queue.CleanAsync();

        Assert.False(Has(Words));
    }

    [Fact]
    public async Task The_service_cleans_as_time_goes_on()
    {
        await EnqueueAsync(Words);
        await Open.SettleDueAsync(new Settlement.Complete());
        using var service = new QueueCleaning(Open.Queue, Open.Time, NullLogger<QueueCleaning>.Instance);
        await service.StartAsync(CancellationToken.None);

        await TestTimeout.UntilAsync(() =>
        {
            Open.Time.Advance(QueueCleaning.Interval);
            return !Has(Words);
        });

        await service.StopAsync(CancellationToken.None);
    }

    private static string Word(int number) => $"word-{number}-end.";

    private Task EnqueueAsync(string words, string? blob = null) => Open.Queue.EnqueueAsync(
        OpenQueue.Event("one") with { Body = Encoding.UTF8.GetBytes(words), PayloadBlob = blob }, CancellationToken.None);

    private async Task CleanAsync()
    {
        Open.Time.Advance(AlmostHalfAMinute);
        await Open.Queue.CleanAsync();
    }

    private bool Has(string words) => FileBytes.Has(Open.Folder, words);
}
