namespace BelcoFunctions.Tests.ServiceBus;

/// <summary>The answers and the log of the app while Service Bus cannot be used, and the recovery afterwards.</summary>
public sealed class OutageTests
{
    [Fact]
    public async Task A_network_that_refuses_connections()
    {
        await using var app = new BrokerApp();
        await new ServiceBusOutage(app).AssertAsync(
            app.Broker.Network.Refuse, app.Broker.Network.Restore, "ServiceCommunicationProblem");
    }

    [Fact]
    public async Task A_wrong_key()
    {
        await using var app = new BrokerApp();
        var key = app.Broker.Key;
        await new ServiceBusOutage(app).AssertAsync(
            () => app.Broker.Key = "another", () => app.Broker.Key = key, "UnauthorizedAccessException");
    }

    [Fact]
    public async Task Queues_that_do_not_exist()
    {
        await using var app = new BrokerApp();
        await new ServiceBusOutage(app).AssertAsync(() => AreMissing(true), () => AreMissing(false), "MessagingEntityNotFound");

        void AreMissing(bool missing)
        {
            foreach (var name in QueueNames.All) app.Broker[name].IsMissing = missing;
        }
    }

    [Fact]
    public async Task A_full_queue_takes_no_webhook_and_no_redriven_event_until_it_has_room_again()
    {
        await using var app = new BrokerApp();
        app.AddDeadLetters(BrokerApp.Closed, "dead.letter");
        app.Queue.IsFull = true;

        var webhook = await app.PostAsync("1");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "10"), (webhook.StatusCode, webhook.Header("Retry-After")));
        Assert.Contains(
            "conversation-closed: QuotaExceeded.", Assert.Single(app.Log<WebhookReceiver>()), StringComparison.Ordinal);
        Assert.Equal("""{"moved":0,"remaining":1,"skipped":0,"more":false}""", (await app.RedriveAsync()).Text);
        Assert.Contains("conversation-closed: a dead letter was not moved: QuotaExceeded", app.Log<DeadLetterRedrive>());
        Assert.Equal(HttpStatusCode.OK, (await app.HealthAsync()).StatusCode);

        app.Queue.IsFull = false;
        Assert.Equal(HttpStatusCode.OK, (await app.PostAsync("1")).StatusCode);
        Assert.Equal("""{"moved":1,"remaining":0,"skipped":0,"more":false}""", (await app.RedriveAsync()).Text);
    }
}

/// <summary>A separate class, because the client waits until a try times out.</summary>
public sealed class FrozenNetworkTests
{
    [Fact]
    public async Task A_network_that_freezes_before_the_app_has_connected()
    {
        await using var app = new BrokerApp();
        await new ServiceBusOutage(app).AssertAsync(app.Broker.Network.Freeze, app.Broker.Network.Restore, "ServiceTimeout");
    }

    [Fact]
    public async Task A_network_that_freezes_while_the_app_is_connected()
    {
        await using var app = new BrokerApp();
        await app.OpenSendersAsync();
        await new ServiceBusOutage(app).AssertAsync(app.Broker.Network.Freeze, app.Broker.Network.Restore, "ServiceTimeout");
    }
}

/// <summary>A separate class, because the client sends nothing for some seconds after it was throttled.</summary>
public sealed class ThrottlingTests
{
    [Fact]
    public async Task A_service_that_throttles()
    {
        await using var app = new BrokerApp();
        var faults = app.Broker.Faults;
        await new ServiceBusOutage(app).AssertAsync(() => faults.IsBusy = true, () => faults.IsBusy = false, "ServiceBusy");
    }
}
