using BelcoFunctions.Tests.Doubles;
using NSubstitute;

namespace BelcoFunctions.Tests;

/// <summary>How long messages that come again are held back: the queue delivers an abandoned one at once.</summary>
public sealed class BatchSettlerWaitTests : IAsyncDisposable
{
    private readonly TestApp app = new();
    private readonly ServiceBusMessageActions actions = Substitute.For<ServiceBusMessageActions>();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task What_is_decided_is_settled_before_the_wait_and_the_rest_after_it()
    {
        var (applied, later) = (Messages.Closed(shop: "any"), Messages.Closed(TableDouble.UnavailableShop));
        var settling = HandleAsync(applied, later);
        await DeadlineAsync();

        var wait = await app.Time.NextWaitAsync();
        await actions.Received(1).CompleteMessageAsync(applied, CancellationToken.None);
        app.Time.Advance(wait - TimeSpan.FromMilliseconds(1));
        Assert.Single(actions.ReceivedCalls());

        app.Time.Advance(TimeSpan.FromMilliseconds(1));
        await settling;
        await AbandonedAsync(later);
        Assert.Equal(2, actions.ReceivedCalls().Count());
    }

    [Theory]
    [InlineData(1.5, 2, 1, 1, 1)]
    [InlineData(3, 4, 2)]
    [InlineData(6, 8, 2_000, 3, 4)]
    [InlineData(15, 20, 5)]
    [InlineData(15, 20, 2_000, 1_999)]
    public async Task All_share_one_wait_that_the_fewest_deliveries_decide(double atLeast, double atMost, params int[] deliveryCounts)
    {
        var messages = deliveryCounts.Select(count => Messages.Closed(TableDouble.UnavailableShop, deliveryCount: count)).ToArray();
        var settling = HandleAsync(messages);
        await DeadlineAsync();

        var wait = await app.Time.NextWaitAsync();
        Assert.InRange(wait.TotalSeconds, atLeast, atMost);
        app.Time.Advance(wait);
        await settling;

        Assert.False(app.Time.IsMoreWaitedFor);
        Assert.Equal(messages.Length, actions.ReceivedCalls().Count());
    }

    [Fact]
    public async Task A_store_that_hangs_takes_no_more_than_a_minute_with_the_wait()
    {
        var hanging = Messages.Closed(TableDouble.HangingShop, deliveryCount: 2_000);
        var settling = HandleAsync(hanging);
        await app.Conversations.Hanging;

        app.Time.Advance(await DeadlineAsync());
        app.Time.Advance(await app.Time.NextWaitAsync());
        await settling;

        Assert.InRange(app.Time.GetUtcNow() - TestApp.Now, TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(60));
        await AbandonedAsync(hanging);
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
        await AbandonedAsync(later);
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
        await AbandonedAsync(hanging);
    }

    private Task HandleAsync(params ServiceBusReceivedMessage[] messages) => HandleAsync(messages, CancellationToken.None);

    private Task HandleAsync(ServiceBusReceivedMessage[] messages, CancellationToken stopping) =>
        app.Settler.HandleAsync(QueueNames.ConversationClosed, messages, actions, stopping).WaitAsync(ManualTime.Limit, CancellationToken.None);

    private Task<TimeSpan> DeadlineAsync() => app.Time.NextWaitAsync();

    // What is decided reaches the queue even while the host is stopping: hence no token.
    private Task AbandonedAsync(ServiceBusReceivedMessage message) => actions.Received(1).AbandonMessageAsync(
        message, Arg.Is<IDictionary<string, object>>(properties => (int)properties["failures"] == 0), CancellationToken.None);
}
