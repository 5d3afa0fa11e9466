namespace BelcoFunctions.Tests.ServiceBus;

public sealed class DeadConnectionTests
{
    // With the client's default of 60 s, webhooks would be refused for a minute.
    [Fact]
    public void A_connection_that_receives_nothing_ends_after_fifteen_seconds() =>
        Assert.Equal(TimeSpan.FromSeconds(15), ServiceBusConnection.Options.ConnectionIdleTimeout);

    [Fact]
    public async Task After_a_connection_that_died_without_a_reset_webhooks_and_health_recover_alike()
    {
        await using var app = new BrokerApp();
        app.Time.TimersFire = true;
        Assert.Equal(HttpStatusCode.OK, (await app.PostAsync("1")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.HealthAsync()).StatusCode);

        app.Broker.Network.FreezeOpen();

        var refusals = await Task.WhenAll(
            RefusalsAsync(() => app.PostAsync("2")), RefusalsAsync(app.HealthAsync));
        Assert.All(refusals, count => Assert.NotEqual(0, count));
        Assert.Equal(["1", "2"], app.Queue.Messages.Select(message => message.ApplicationProperties["requestId"]));
    }

    /// <summary>Calls until the answer is 200. Returns the number of other answers.</summary>
    private static async Task<int> RefusalsAsync(Func<Task<ResponseDouble>> call)
    {
        var refusals = 0;
        await TestTimeout.UntilAsync(async _ =>
        {
            if ((await call()).StatusCode is HttpStatusCode.OK) return true;
            refusals++;
            return false;
        });
        return refusals;
    }
}
