namespace BelcoFunctions.Tests.ServiceBus;

/// <summary>How long abandoned messages are held back, since the queue delivers them again at once.</summary>
public sealed class BatchSettlerWaitTests : IAsyncDisposable
{
    private readonly TestApp app = new();

    private ServiceBusMessageActions Actions => app.Actions;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Completed_messages_are_settled_before_the_wait_and_abandoned_ones_after_it()
    {
        var (projected, later) = (Messages.Closed(shop: "any"), Messages.Closed(TableDouble.UnavailableShop));
        var settling = HandleAsync(projected, later);
        await DeadlineAsync();

        var wait = await app.Time.NextWaitAsync();
        await Actions.Received(1).CompleteMessageAsync(projected, CancellationToken.None);
        app.Time.Advance(wait - TimeSpan.FromMilliseconds(1));
        Assert.Single(Actions.ReceivedCalls());

        app.Time.Advance(TimeSpan.FromMilliseconds(1));
        await settling;
        await app.AbandonedAsync(later);
        Assert.Equal(2, Actions.ReceivedCalls().Count());
    }

    [Theory]
    [InlineData(1.5, 2, 1, 1, 1)]
    [InlineData(3, 4, 2)]
    [InlineData(6, 8, 2_000, 3, 4)]
    [InlineData(15, 20, 5)]
    [InlineData(15, 20, 2_000, 1_999)]
    public async Task All_share_one_wait_and_the_fewest_deliveries_decide_its_length(
        double atLeast, double atMost, params int[] deliveryCounts)
    {
        ServiceBusReceivedMessage[] messages =
            [.. deliveryCounts.Select(count => Messages.Closed(TableDouble.UnavailableShop, deliveryCount: count))];
        var settling = HandleAsync(messages);
        await DeadlineAsync();

        var wait = await app.Time.NextWaitAsync();
        Assert.InRange(wait.TotalSeconds, atLeast, atMost);
        app.Time.Advance(wait);
        await settling;

        Assert.False(app.Time.HasAnotherWait);
        Assert.Equal(messages.Length, Actions.ReceivedCalls().Count());
    }

    [Fact]
    public async Task With_a_store_that_hangs_a_batch_ends_within_a_minute()
    {
        var hanging = Messages.Closed(TableDouble.HangingShop, deliveryCount: 2_000);
        var settling = HandleAsync(hanging);
        await app.Conversations.Hanging;

        app.Time.Advance(await DeadlineAsync());
        app.Time.Advance(await app.Time.NextWaitAsync());
        await settling;

        Assert.InRange(app.Time.GetUtcNow() - TestApp.Now, TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(60));
        await app.AbandonedAsync(hanging);
    }

    [Fact]
    public async Task A_host_that_stops_ends_the_wait()
    {
        using var stopping = new CancellationTokenSource();
        var later = Messages.Closed(TableDouble.UnavailableShop);
        var settling = HandleAsync([later], stopping.Token);
        await DeadlineAsync();
        await app.Time.NextWaitAsync();

        await stopping.CancelAsync();
        await settling;
        await app.AbandonedAsync(later);
    }

    [Fact]
    public async Task A_host_that_stops_ends_the_work_too()
    {
        using var stopping = new CancellationTokenSource();
        var hanging = Messages.Closed(TableDouble.HangingShop);
        var settling = HandleAsync([hanging], stopping.Token);
        await app.Conversations.Hanging;

        await stopping.CancelAsync();
        await settling;
        await app.AbandonedAsync(hanging);
    }

    private Task HandleAsync(params ServiceBusReceivedMessage[] messages) => HandleAsync(messages, CancellationToken.None);

    private Task HandleAsync(ServiceBusReceivedMessage[] messages, CancellationToken stopping) =>
        app.Settler.HandleAsync(QueueNames.ConversationClosed, messages, Actions, stopping)
            .WaitAsync(ManualTime.Limit, CancellationToken.None);

    private Task<TimeSpan> DeadlineAsync() => app.Time.NextWaitAsync();
}
