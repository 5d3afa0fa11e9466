namespace BelcoFunctions.Pipeline.Tests.Projecting;

/// <summary>An outage must not turn a queue into dead letters: every event is retried later.</summary>
public sealed class StoreOutageTests(AzuriteFixture azurite) : TableTests(azurite)
{
    [AzuriteTheory]
    [InlineData(503, "ServerBusy")]
    [InlineData(500, "OperationTimedOut")]
    [InlineData(429, "TooManyRequests")]
    [InlineData(403, "AuthenticationFailed")]
    [InlineData(404, "TableNotFound")]
    [InlineData(409, "TableBeingDeleted")]
    public async Task While_the_table_takes_no_transactions_nothing_is_written(int status, string code)
    {
        var outcomes = await ProjectAsync(EventFactory.Batch(50, conversations: 10),
            new FailedRequest(Requests.IsTransaction, () => FakeResponse.Error(status, code)));

        AssertRetriedLater(outcomes, $"{status} {code}");
        await Table.AssertHasExactlyAsync();
    }

    [AzuriteFact]
    public async Task While_the_table_cannot_be_read_nothing_is_written()
    {
        var outcomes = await ProjectAsync(EventFactory.Batch(50, conversations: 10),
            new FailedRequest(request => request.Kind() is RequestKind.PointRead, () => FakeResponse.Error(503, "ServerBusy")));

        AssertRetriedLater(outcomes);
        await Table.AssertHasExactlyAsync();
    }

    [AzuriteFact]
    public async Task While_the_table_does_not_answer_events_are_retried_later() => AssertRetriedLater(
        await ProjectAsync(EventFactory.Batch(5, conversations: 5),
            new FailedRequest(_ => true, () => throw new HttpRequestException("Connection refused."))),
        "Connection refused");

    [AzuriteTheory]
    [InlineData(0, 404, "ResourceNotFound")]
    [InlineData(0, 409, "EntityAlreadyExists")]
    [InlineData(0, 412, "UpdateConditionNotSatisfied")]
    [InlineData(1, 404, "ResourceNotFound")]
    [InlineData(2, 404, "ResourceNotFound")]
    [InlineData(3, 409, "EntityAlreadyExists")]
    public async Task A_table_that_contradicts_itself_is_tried_a_limited_number_of_times(
        int failedAction, int status, string code)
    {
        await Table.ProjectAsync(Reply("c", 1));

        var outcomes = await ProjectAsync([Reply("c", 2)],
            new FailedRequest(Requests.IsTransaction, () => FakeResponse.FailedAction(failedAction, status, code)));

        AssertRetriedLater(outcomes);
        Assert.InRange(Log.Transactions, 10, 30);
        await Table.AssertHasExactlyAsync(Reply("c", 1));
    }

    [AzuriteFact]
    public async Task A_conflict_that_another_writer_cannot_have_caused_is_an_outage()
    {
        var outcomes = await ProjectAsync([Reply("c", 1)],
            new FailedRequest(Requests.IsTransaction, () => FakeResponse.FailedAction(0, 409, "TableBeingDeleted")));

        AssertRetriedLater(outcomes, "409 TableBeingDeleted");
        Assert.Equal(1, Log.Transactions);
    }

    [AzuriteFact]
    public async Task Events_committed_before_an_outage_are_projected_and_the_rest_is_retried_later()
    {
        var (batch, transactions) = (EventFactory.Batch(150, conversations: 1), 0);

        var outcomes = await ProjectAsync(batch, new FailedRequest(
            request => request.IsTransaction() && ++transactions > 1, () => FakeResponse.Error(503, "ServerBusy")));

        var projected = batch.Where((_, index) => outcomes[index] is DeliveryOutcome.Projected).ToList();
        Assert.InRange(projected.Count, 90, 100);
        Assert.Equal(150 - projected.Count, outcomes.Count(outcome => outcome is DeliveryOutcome.RetryLater));
        await Table.AssertHasExactlyAsync(projected);
    }

    [AzuriteFact]
    public async Task Events_that_are_retried_later_are_projected_then()
    {
        var batch = EventFactory.Batch(50, conversations: 10);
        var outage = new FailedRequest(Requests.IsTransaction, () => FakeResponse.Error(503, "ServerBusy"), times: 3);

        AssertRetriedLater(await ProjectAsync(batch, outage));
        AssertAll<DeliveryOutcome.Projected>(await ProjectAsync(batch, outage));

        await Table.AssertHasExactlyAsync(batch);
    }

    [AzuriteTheory]
    [InlineData(1, 503)]
    [InlineData(50, 503)]
    [InlineData(1, 403)]
    [InlineData(50, 403)]
    public async Task When_time_runs_out_every_event_is_retried_later_whatever_the_table_answers(int events, int status)
    {
        using var time = new CancellationTokenSource();
        var projector = Table.Projector(new FailedRequest(Requests.IsTransaction, () =>
        {
            time.Cancel();
            return FakeResponse.Error(status, "AuthenticationFailed");
        }));

        AssertRetriedLater(await projector.ProjectAsync(EventFactory.Batch(events, conversations: 1), time.Token));
    }

    [AzuriteFact]
    public async Task Without_time_nothing_is_tried()
    {
        AssertRetriedLater(await Table.Projector(Log).ProjectAsync(
            EventFactory.Batch(5, conversations: 5), new CancellationToken(canceled: true)));

        Assert.Equal(0, Log.Total);
    }

    private static void AssertRetriedLater(IEnumerable<DeliveryOutcome> outcomes, string reason = "") =>
        Assert.All(outcomes, outcome => Assert.Contains(
            reason, Assert.IsType<DeliveryOutcome.RetryLater>(outcome).Reason, StringComparison.Ordinal));
}
