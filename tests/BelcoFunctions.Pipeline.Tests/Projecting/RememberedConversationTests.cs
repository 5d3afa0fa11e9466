using BelcoFunctions.Cli.Serve.Host;

namespace BelcoFunctions.Pipeline.Tests.Projecting;

/// <summary>A projector that remembers the conversations it wrote, alone and beside others.</summary>
public sealed class RememberedConversationTests(AzuriteFixture azurite) : TableTests(azurite), IDisposable
{
    private readonly ConversationMemory memory = new();

    [AzuriteFact]
    public async Task A_conversation_is_read_once_however_often_it_is_written()
    {
        QueuedEvent[] events = [Reply("c", 1), Reply("c", 2), Reply("c", 3)];

        foreach (var e in events) AssertAll<DeliveryOutcome.Projected>(await RememberAndProjectAsync([e]));

        // Two rows are read in all: the conversation and its customer.
        Assert.Equal((2, 3), (Log.PointReads, Log.Transactions));
        await Table.AssertHasExactlyAsync(events);
    }

    [AzuriteFact]
    public async Task Events_that_were_projected_before_are_duplicates()
    {
        var batch = EventFactory.Batch(50, conversations: 10);
        await RememberAndProjectAsync(batch);

        AssertAll<DeliveryOutcome.Duplicate>(await RememberAndProjectAsync(batch));

        await Table.AssertHasExactlyAsync(batch);
    }

    [AzuriteFact]
    public async Task When_one_of_ten_is_stale_all_ten_are_read_again_and_one_more_transaction_writes_them()
    {
        var (before, batch) = (EventFactory.Batch(10, conversations: 10), EventFactory.Batch(50, conversations: 10)[10..]);
        await RememberAndProjectAsync(before);
        var theirs = Reply("conversation-7", 100);
        await Table.ProjectAsync(theirs);
        Log.Clear();

        AssertAll<DeliveryOutcome.Projected>(await RememberAndProjectAsync(batch));

        Assert.Equal((10, 2), (Log.PointReads, Log.Transactions));
        await Table.AssertHasExactlyAsync([theirs, .. before, .. batch]);
    }

    [AzuriteFact]
    public async Task A_table_that_another_process_wrote_costs_one_failed_transaction_a_batch()
    {
        var (before, batch) = (EventFactory.Batch(10, conversations: 10), EventFactory.Batch(50, conversations: 10)[10..]);
        await RememberAndProjectAsync(before);
        QueuedEvent[] theirs = [.. Enumerable.Range(0, 10).Select(number => Reply($"conversation-{number}", 100))];
        await Table.ProjectAsync(theirs);
        Log.Clear();

        AssertAll<DeliveryOutcome.Projected>(await RememberAndProjectAsync(batch));

        Assert.Equal((10, 2), (Log.PointReads, Log.Transactions));
        await Table.AssertHasExactlyAsync([.. theirs, .. before, .. batch]);
    }

    [AzuriteFact]
    public async Task A_commit_whose_response_is_lost_takes_effect_once()
    {
        var (first, second, third) = (Reply("c", 1), Reply("c", 2), Reply("c", 3));
        await RememberAndProjectAsync([first]);

        AssertAll<DeliveryOutcome.Duplicate>(
            await RememberAndProjectAsync([second], new LostResponse(Requests.IsTransaction)));
        AssertAll<DeliveryOutcome.Projected>(await RememberAndProjectAsync([third]));

        await Table.AssertHasExactlyAsync(first, second, third);
    }

    [AzuriteFact]
    public async Task A_conversation_whose_row_was_removed_starts_anew()
    {
        await RememberAndProjectAsync([Reply("c", 1)]);
        var row = Assert.Single(await Table.RowsAsync("conversation_"));
        await Table.Client().DeleteEntityAsync(row);

        AssertAll<DeliveryOutcome.Projected>(await RememberAndProjectAsync([Reply("c", 2)]));

        Assert.Equal(1, Assert.Single(await Table.RowsAsync("conversation_")).GetInt32("Events"));
    }

    public void Dispose() => memory.Dispose();

    private Task<IReadOnlyList<DeliveryOutcome>> RememberAndProjectAsync(
        IReadOnlyList<QueuedEvent> batch, params IReadOnlyList<Interceptor> interceptors) =>
        Table.RememberingProjector(memory, [Log, .. interceptors]).ProjectAsync(batch, CancellationToken.None);
}
