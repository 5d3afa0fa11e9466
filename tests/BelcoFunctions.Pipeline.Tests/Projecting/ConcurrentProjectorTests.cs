using BelcoFunctions.Cli.Serve.Host;
using BelcoFunctions.Pipeline.Projecting;

namespace BelcoFunctions.Pipeline.Tests.Projecting;

/// <summary>Several projectors at once, and lost responses: a repeated request meets what the first one wrote.</summary>
public sealed class ConcurrentProjectorTests(AzuriteFixture azurite) : TableTests(azurite)
{
    [AzuriteTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Eight_projectors_that_share_events_and_conversations_project_each_event_once(bool remembering)
    {
        var events = EventFactory.Batch(160, conversations: 8);
        // Each event goes to two of the eight.
        var shares = Enumerable.Range(0, 8)
            .Select(projector => events.Where((_, index) => (index / 8 - projector + 8) % 8 is 0 or 1).ToArray());

        var decided = await Task.WhenAll(shares.Select(async share =>
        {
            using var memory = new ConversationMemory();
            return await ProjectUntilDecidedAsync(remembering ? Table.RememberingProjector(memory) : Table.Projector(), share);
        }));

        var outcomes = decided.SelectMany(each => each).ToList();
        Assert.Equal(events.Length, outcomes.Count(outcome => outcome is DeliveryOutcome.Projected));
        Assert.Equal(events.Length, outcomes.Count(outcome => outcome is DeliveryOutcome.Duplicate));
        await Table.AssertHasExactlyAsync(events);
    }

    [AzuriteFact]
    public async Task A_commit_that_the_SDK_repeats_after_a_lost_response_takes_effect_once()
    {
        var (before, batch) = (EventFactory.Batch(5, conversations: 5), EventFactory.Batch(50, conversations: 10)[5..]);
        await Table.ProjectAsync(before);

        AssertAll<DeliveryOutcome.Duplicate>(await ProjectAsync(batch, new LostResponse(Requests.IsTransaction)));

        await Table.AssertHasExactlyAsync([.. before, .. batch]);
    }

    [AzuriteFact]
    public async Task A_commit_that_the_SDK_repeats_after_a_failed_request_takes_effect()
    {
        var batch = EventFactory.Batch(50, conversations: 10);

        AssertAll<DeliveryOutcome.Projected>(await ProjectAsync(batch,
            new FailedRequest(Requests.IsTransaction, () => FakeResponse.Error(503, "ServerBusy"), times: 1)));

        await Table.AssertHasExactlyAsync(batch);
    }

    [AzuriteFact]
    public async Task A_conversation_that_another_writer_changed_is_read_again()
    {
        var (first, theirs, ours) = (Reply("c", 1), Reply("c", 2), Reply("c", 3));
        await Table.ProjectAsync(first);

        AssertAll<DeliveryOutcome.Projected>(await ProjectAsync([ours], Concurrently(theirs)));

        Assert.Equal((2, 2), (Log.PointReads, Log.Transactions));
        await Table.AssertHasExactlyAsync(first, theirs, ours);
    }

    [AzuriteFact]
    public async Task When_another_writer_creates_one_of_many_conversations_the_others_go_on_at_once()
    {
        var theirs = OfCustomer("theirs", "conversation-7", 100);
        var batch = EventFactory.Batch(50, conversations: 10);

        AssertAll<DeliveryOutcome.Projected>(await ProjectAsync(batch, Concurrently(theirs)));

        // One transaction fails, one omits the conversation, and one writes it alone after another read. All ten have one
        // customer.
        Assert.Equal((10 + 1 + 1, 3, 15), (Log.PointReads, Log.Transactions, Log.Total));
        await Table.AssertHasExactlyAsync([theirs, .. batch]);
    }

    [AzuriteFact]
    public async Task Each_conversation_that_lost_a_race_is_written_alone()
    {
        QueuedEvent[] theirs = [OfCustomer("theirs", "a", 2), OfCustomer("theirs", "b", 2)];
        QueuedEvent[] batch = [Reply("a", 1), Reply("b", 1), .. EventFactory.Batch(120, conversations: 1)];

        AssertAll<DeliveryOutcome.Projected>(await ProjectAsync(batch, Concurrently(theirs)));

        // Two transactions fail and one has the first part of the third conversation. Then each conversation is written
        // alone. The third one and the customer are not read again.
        Assert.Equal((3 + 1 + 2, 3 + 3), (Log.PointReads, Log.Transactions));
        await Table.AssertHasExactlyAsync([.. theirs, .. batch]);
    }

    [AzuriteFact]
    public async Task When_another_writer_creates_the_customer_all_new_conversations_of_that_customer_are_written_alone()
    {
        var batch = EventFactory.Batch(50, conversations: 10);
        var theirs = Reply("another", 100);

        AssertAll<DeliveryOutcome.Projected>(await ProjectAsync(batch, Concurrently(theirs)));

        Assert.Equal((2 * (10 + 1), 1 + 10), (Log.PointReads, Log.Transactions));
        await Table.AssertHasExactlyAsync([theirs, .. batch]);
    }

    [AzuriteFact]
    public async Task A_conversation_that_others_keep_changing_is_retried_later_and_the_others_are_projected()
    {
        var (contested, quiet, second) = (Reply("contested", 1), Reply("quiet", 1), 1);
        List<QueuedEvent> theirs = [];

        var outcomes = await ProjectAsync([contested, quiet], new ConcurrentWrite(Requests.IsTransaction, async () =>
        {
            theirs.Add(Reply("contested", ++second));
            await Table.ProjectAsync(theirs[^1]);
        }, times: int.MaxValue));

        Assert.IsType<DeliveryOutcome.RetryLater>(outcomes[0]);
        Assert.IsType<DeliveryOutcome.Projected>(outcomes[1]);
        await Table.AssertHasExactlyAsync([quiet, .. theirs]);
    }

    [AzuriteFact]
    public async Task An_event_that_another_projector_projected_meanwhile_is_a_duplicate_and_the_rest_is_projected()
    {
        var batch = EventFactory.Batch(50, conversations: 10);

        var outcomes = await ProjectAsync(batch, Concurrently(batch[3], batch[13]));

        Assert.Equal([3, 13], outcomes.Index().Where(pair => pair.Item is DeliveryOutcome.Duplicate).Select(pair => pair.Index));
        Assert.Equal(48, outcomes.Count(outcome => outcome is DeliveryOutcome.Projected));
        await Table.AssertHasExactlyAsync(batch);
    }

    /// <summary>Another projector commits these events right before our first transaction.</summary>
    private ConcurrentWrite Concurrently(params QueuedEvent[] theirs) =>
        new(Requests.IsTransaction, () => Table.ProjectAsync(theirs));

    private static QueuedEvent OfCustomer(string customerId, string conversationId, int second) => EventFactory.Reply(
        conversationId, second, item => item.Parent!["conversation"]!["customerId"] = customerId).ToQueued();

    private static async Task<List<DeliveryOutcome>> ProjectUntilDecidedAsync(
        Projector projector, IReadOnlyList<QueuedEvent> events)
    {
        List<DeliveryOutcome> decided = [];
        foreach (var batch in events.Chunk(10))
        {
            for (QueuedEvent[] left = batch; left.Length > 0;)
            {
                var outcomes = await projector.ProjectAsync(left, CancellationToken.None);
                decided.AddRange(outcomes.Where(outcome => outcome is not DeliveryOutcome.RetryLater));
                left = [.. left.Where((_, index) => outcomes[index] is DeliveryOutcome.RetryLater)];
            }
        }

        return decided;
    }
}
