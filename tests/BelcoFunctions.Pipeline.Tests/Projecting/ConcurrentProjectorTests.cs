using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tests.Storage;
using BelcoFunctions.Tests;
using Xunit;

namespace BelcoFunctions.Pipeline.Tests.Projecting;

/// <summary>Several projectors, and answers that get lost, which look the same to the one who tries again.</summary>
[Collection(Azurite.Name)]
public sealed class ConcurrentProjectorTests(AzuriteFixture azurite)
{
    private readonly RequestLog log = new();

    [AzuriteFact]
    public async Task Eight_projectors_that_share_every_event_and_every_conversation_apply_each_event_once()
    {
        var table = await TestTable.CreateAsync(azurite);
        var events = EventFactory.Batch(160, conversations: 8);
        // Each event goes to two of the eight.
        var shares = Enumerable.Range(0, 8)
            .Select(projector => events.Where((_, index) => (index / 8 - projector + 8) % 8 is 0 or 1).ToArray());

        var decided = await Task.WhenAll(shares.Select(share => ProjectUntilDecidedAsync(table, share)));

        var outcomes = decided.SelectMany(each => each).ToList();
        Assert.Equal(events.Length, outcomes.Count(outcome => outcome is DeliveryOutcome.Applied));
        Assert.Equal(events.Length, outcomes.Count(outcome => outcome is DeliveryOutcome.Duplicate));
        await table.AssertHasExactlyAsync(events);
    }

    [AzuriteFact]
    public async Task A_commit_whose_response_is_lost_and_that_the_SDK_repeats_is_applied_once()
    {
        var table = await TestTable.CreateAsync(azurite);
        var (before, batch) = (EventFactory.Batch(5, conversations: 5), EventFactory.Batch(50, conversations: 10)[5..]);
        await table.ProjectAsync(before);

        var outcomes = await ProjectAsync(table, batch, new LostResponse(Requests.IsTransaction));

        Assert.All(outcomes, outcome => Assert.IsType<DeliveryOutcome.Duplicate>(outcome));
        await table.AssertHasExactlyAsync([.. before, .. batch]);
    }

    [AzuriteFact]
    public async Task A_commit_that_never_arrived_and_that_the_SDK_repeats_is_applied()
    {
        var table = await TestTable.CreateAsync(azurite);
        var batch = EventFactory.Batch(50, conversations: 10);

        var outcomes = await ProjectAsync(table, batch,
            new Refusal(Requests.IsTransaction, () => FakeResponse.Error(503, "ServerBusy"), times: 1));

        Assert.All(outcomes, outcome => Assert.IsType<DeliveryOutcome.Applied>(outcome));
        await table.AssertHasExactlyAsync(batch);
    }

    [AzuriteFact]
    public async Task A_conversation_that_somebody_else_changed_is_read_again()
    {
        var table = await TestTable.CreateAsync(azurite);
        var (first, theirs, ours) = (Reply("c", 1), Reply("c", 2), Reply("c", 3));
        await table.ProjectAsync(first);

        var outcomes = await ProjectAsync(table, [ours],
            new Interruption(Requests.IsTransaction, () => table.ProjectAsync(theirs)));

        Assert.Equal([new DeliveryOutcome.Applied()], outcomes);
        Assert.Equal((2, 2), (log.PointReads, log.Transactions));
        await table.AssertHasExactlyAsync(first, theirs, ours);
    }

    [AzuriteFact]
    public async Task When_somebody_else_creates_one_of_many_conversations_the_others_go_on_at_once()
    {
        var table = await TestTable.CreateAsync(azurite);
        var (theirs, batch) = (Reply("conversation-7", 100), EventFactory.Batch(50, conversations: 10));

        var outcomes = await ProjectAsync(table, batch,
            new Interruption(Requests.IsTransaction, () => table.ProjectAsync(theirs)));

        Assert.All(outcomes, outcome => Assert.IsType<DeliveryOutcome.Applied>(outcome));
        // One that fails, one without the conversation, and one for it alone after another read.
        Assert.Equal((10 + 1, 3, 14), (log.PointReads, log.Transactions, log.Total));
        await table.AssertHasExactlyAsync([theirs, .. batch]);
    }

    [AzuriteFact]
    public async Task Each_conversation_that_lost_a_race_is_written_alone()
    {
        var table = await TestTable.CreateAsync(azurite);
        QueuedEvent[] theirs = [Reply("a", 2), Reply("b", 2)];
        QueuedEvent[] batch = [Reply("a", 1), Reply("b", 1), .. EventFactory.Batch(120, conversations: 1)];

        var outcomes = await ProjectAsync(table, batch,
            new Interruption(Requests.IsTransaction, () => table.ProjectAsync(theirs)));

        Assert.All(outcomes, outcome => Assert.IsType<DeliveryOutcome.Applied>(outcome));
        // Two that fail and the first part of the third conversation; then each of the three by itself.
        Assert.Equal((3 + 3, 3 + 3), (log.PointReads, log.Transactions));
        await table.AssertHasExactlyAsync([.. theirs, .. batch]);
    }

    [AzuriteFact]
    public async Task A_conversation_that_others_keep_changing_is_left_for_later_and_the_others_are_applied()
    {
        var table = await TestTable.CreateAsync(azurite);
        var (contested, quiet, second) = (Reply("contested", 1), Reply("quiet", 1), 1);
        List<QueuedEvent> theirs = [];

        var outcomes = await ProjectAsync(table, [contested, quiet], new Interruption(Requests.IsTransaction, async () =>
        {
            theirs.Add(Reply("contested", ++second));
            await table.ProjectAsync(theirs[^1]);
        }, times: int.MaxValue));

        Assert.IsType<DeliveryOutcome.RetryLater>(outcomes[0]);
        Assert.IsType<DeliveryOutcome.Applied>(outcomes[1]);
        await table.AssertHasExactlyAsync([quiet, .. theirs]);
    }

    [AzuriteFact]
    public async Task An_event_that_somebody_else_applied_meanwhile_is_a_duplicate_and_the_rest_is_applied()
    {
        var table = await TestTable.CreateAsync(azurite);
        var batch = EventFactory.Batch(50, conversations: 10);

        var outcomes = await ProjectAsync(table, batch,
            new Interruption(Requests.IsTransaction, () => table.ProjectAsync(batch[3], batch[13])));

        Assert.Equal([3, 13], outcomes.Index().Where(pair => pair.Item is DeliveryOutcome.Duplicate).Select(pair => pair.Index));
        Assert.Equal(48, outcomes.Count(outcome => outcome is DeliveryOutcome.Applied));
        await table.AssertHasExactlyAsync(batch);
    }

    private static QueuedEvent Reply(string conversationId, int second) => EventFactory.Reply(conversationId, second).ToQueued();

    private Task<IReadOnlyList<DeliveryOutcome>> ProjectAsync(
        TestTable table, IReadOnlyList<QueuedEvent> batch, Interference interference) =>
        table.Projector(log, interference).ProjectAsync(batch, CancellationToken.None);

    private static async Task<List<DeliveryOutcome>> ProjectUntilDecidedAsync(TestTable table, IReadOnlyList<QueuedEvent> events)
    {
        List<DeliveryOutcome> decided = [];
        foreach (var batch in events.Chunk(50))
        {
            for (QueuedEvent[] left = batch; left.Length > 0;)
            {
                var outcomes = await table.ProjectAsync(left);
                decided.AddRange(outcomes.Where(outcome => outcome is not DeliveryOutcome.RetryLater));
                left = [.. left.Where((_, index) => outcomes[index] is DeliveryOutcome.RetryLater)];
            }
        }

        return decided;
    }
}
