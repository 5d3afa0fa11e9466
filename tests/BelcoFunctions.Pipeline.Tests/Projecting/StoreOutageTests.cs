using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tests.Storage;
using BelcoFunctions.Tests;
using Xunit;

namespace BelcoFunctions.Pipeline.Tests.Projecting;

/// <summary>What is no event's fault is nobody's dead letter.</summary>
[Collection(Azurite.Name)]
public sealed class StoreOutageTests(AzuriteFixture azurite)
{
    [AzuriteTheory]
    [InlineData(503, "ServerBusy")]
    [InlineData(500, "OperationTimedOut")]
    [InlineData(429, "TooManyRequests")]
    [InlineData(403, "AuthenticationFailed")]
    [InlineData(404, "TableNotFound")]
    [InlineData(409, "TableBeingDeleted")]
    public async Task While_the_table_takes_no_transactions_all_is_left_for_later_and_nothing_written(int status, string code)
    {
        var table = await TestTable.CreateAsync(azurite);
        var batch = EventFactory.Batch(50, conversations: 10);

        var outcomes = await ProjectAsync(table, batch,
            new Refusal(Requests.IsTransaction, () => FakeResponse.Error(status, code)));

        Assert.All(outcomes, outcome => Assert.Contains($"{status} {code}", ReasonForLater(outcome), StringComparison.Ordinal));
        await table.AssertHasExactlyAsync();
    }

    [AzuriteFact]
    public async Task While_the_table_cannot_be_read_all_is_left_for_later()
    {
        var table = await TestTable.CreateAsync(azurite);

        var outcomes = await ProjectAsync(table, EventFactory.Batch(50, conversations: 10),
            new Refusal(request => request.Kind() is RequestKind.PointRead, () => FakeResponse.Error(503, "ServerBusy")));

        Assert.All(outcomes, outcome => ReasonForLater(outcome));
        await table.AssertHasExactlyAsync();
    }

    [AzuriteFact]
    public async Task While_nobody_answers_all_is_left_for_later()
    {
        var table = await TestTable.CreateAsync(azurite);

        var outcomes = await ProjectAsync(table, EventFactory.Batch(5, conversations: 5),
            new Refusal(_ => true, () => throw new HttpRequestException("Connection refused.")));

        Assert.All(outcomes, outcome => Assert.Contains("Connection refused", ReasonForLater(outcome), StringComparison.Ordinal));
    }

    [AzuriteTheory]
    [InlineData(0, 404, "ResourceNotFound")]
    [InlineData(0, 409, "EntityAlreadyExists")]
    [InlineData(0, 412, "UpdateConditionNotSatisfied")]
    [InlineData(1, 404, "ResourceNotFound")]
    [InlineData(2, 404, "ResourceNotFound")]
    [InlineData(3, 409, "EntityAlreadyExists")]
    public async Task A_table_that_contradicts_itself_is_given_up_on_until_later(int failedAction, int status, string code)
    {
        var (table, log) = (await TestTable.CreateAsync(azurite), new RequestLog());
        var (first, second) = (EventFactory.Reply("c", 1).ToQueued(), EventFactory.Reply("c", 2).ToQueued());
        await table.ProjectAsync(first);

        var projector = table.Projector(log,
            new Refusal(Requests.IsTransaction, () => FakeResponse.FailedAction(failedAction, status, code)));
        var outcomes = await projector.ProjectAsync([second], CancellationToken.None);

        ReasonForLater(Assert.Single(outcomes));
        Assert.InRange(log.Transactions, 10, 30);
        await table.AssertHasExactlyAsync(first);
    }

    [AzuriteFact]
    public async Task What_was_committed_before_an_outage_is_applied_and_only_the_rest_left_for_later()
    {
        var table = await TestTable.CreateAsync(azurite);
        var (batch, transactions) = (EventFactory.Batch(150, conversations: 1), 0);

        var outcomes = await ProjectAsync(table, batch, new Refusal(
            request => request.IsTransaction() && ++transactions > 1, () => FakeResponse.Error(503, "ServerBusy")));

        var applied = batch.Where((_, index) => outcomes[index] is DeliveryOutcome.Applied).ToList();
        Assert.InRange(applied.Count, 90, 100);
        Assert.Equal(150 - applied.Count, outcomes.Count(outcome => outcome is DeliveryOutcome.RetryLater));
        await table.AssertHasExactlyAsync(applied);
    }

    [AzuriteFact]
    public async Task What_is_left_for_later_is_applied_then()
    {
        var table = await TestTable.CreateAsync(azurite);
        var batch = EventFactory.Batch(50, conversations: 10);
        var projector = table.Projector(
            new Refusal(Requests.IsTransaction, () => FakeResponse.Error(503, "ServerBusy"), times: 3));

        var first = await projector.ProjectAsync(batch, CancellationToken.None);
        var second = await projector.ProjectAsync(batch, CancellationToken.None);

        Assert.All(first, outcome => ReasonForLater(outcome));
        Assert.All(second, outcome => Assert.IsType<DeliveryOutcome.Applied>(outcome));
        await table.AssertHasExactlyAsync(batch);
    }

    [AzuriteTheory]
    [InlineData(1, 503)]
    [InlineData(50, 503)]
    [InlineData(1, 403)]
    [InlineData(50, 403)]
    public async Task When_time_runs_out_all_is_left_for_later_whatever_the_table_says(int events, int status)
    {
        var table = await TestTable.CreateAsync(azurite);
        using var time = new CancellationTokenSource();
        var projector = table.Projector(new Refusal(Requests.IsTransaction, () =>
        {
            time.Cancel();
            return FakeResponse.Error(status, "AuthenticationFailed");
        }));

        var outcomes = await projector.ProjectAsync(EventFactory.Batch(events, conversations: 1), time.Token);

        Assert.All(outcomes, outcome => ReasonForLater(outcome));
    }

    [AzuriteFact]
    public async Task Without_time_nothing_is_tried()
    {
        var (table, log) = (await TestTable.CreateAsync(azurite), new RequestLog());

        var outcomes = await table.Projector(log).ProjectAsync(
            EventFactory.Batch(5, conversations: 5), new CancellationToken(canceled: true));

        Assert.All(outcomes, outcome => ReasonForLater(outcome));
        Assert.Equal(0, log.Total);
    }

    private static string ReasonForLater(DeliveryOutcome outcome) => Assert.IsType<DeliveryOutcome.RetryLater>(outcome).Reason;

    private static Task<IReadOnlyList<DeliveryOutcome>> ProjectAsync(
        TestTable table, IReadOnlyList<QueuedEvent> batch, Interference interference) =>
        table.Projector(interference).ProjectAsync(batch, CancellationToken.None);
}
