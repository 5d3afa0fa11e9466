namespace BelcoFunctions.Tests.ServiceBus;

public enum Outage
{
    Refused,
    Frozen,
    WrongKey,
    QueuesMissing,
    Throttled,
}

/// <summary>What the app answers and logs while Service Bus cannot be used, and that it works again afterwards.</summary>
public sealed class OutageTests
{
    [Theory]
    [InlineData(Outage.Frozen, "ServiceTimeout")]
    [InlineData(Outage.Throttled, "ServiceBusy")]
    [InlineData(Outage.Refused, "ServiceCommunicationProblem")]
    [InlineData(Outage.WrongKey, "UnauthorizedAccessException")]
    [InlineData(Outage.QueuesMissing, "MessagingEntityNotFound")]
    public async Task Belco_is_asked_to_send_again_and_the_log_has_the_reason(Outage outage, string reason)
    {
        await using var app = new BrokerApp();
        app.AddDeadLetters(BrokerApp.Closed, "dead.letter");
        var end = Begin(outage, app);

        var responses = await Task.WhenAll(
            app.PostAsync("1"), app.HealthAsync(), app.RedriveAsync($"?queue={BrokerApp.Closed}"));

        Assert.All(responses, response => Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode));
        var (webhook, health, redrive) = (responses[0], responses[1], responses[2]);
        Assert.Equal("10", webhook.Header("Retry-After"));
        Assert.Equal($"The queue conversation-closed did not accept an event in time: {reason}. "
            + "Belco got 503 and should send it again.", Assert.Single(app.Log<WebhookReceiver>()));
        Assert.StartsWith("queue: unreachable\ntable: ok\n", health.Text, StringComparison.Ordinal);
        Assert.Equal("conversation-closed did not answer. Moved so far: 0. Call again.",
            (string)JsonNode.Parse(redrive.Text)!["detail"]!);
        Assert.Equal($"Redrive: the dead letters of conversation-closed could not be read: {reason}",
            Assert.Single(app.Log<DeadLetterRedrive>()));
        Assert.Equal((0, 1), (app.Queue.Messages.Count, app.Queue.DeadLetters.Messages.Count));

        end();

        // After a throttled send, the client waits some seconds before it sends again.
        await TestTimeout.UntilAsync(async _ => (await app.PostAsync("1")).StatusCode is HttpStatusCode.OK);
        await TestTimeout.UntilAsync(async _ => (await app.HealthAsync()).StatusCode is HttpStatusCode.OK);
        await TestTimeout.UntilAsync(async _ => (await app.RedriveAsync()).StatusCode is HttpStatusCode.OK);
        // Each once, although the queue may also have got what it had not answered.
        Assert.Equal(["1", "dead"], app.Queue.Messages.Select(message => message.MessageId.Split('.')[0]).Order());
        Assert.Empty(app.Queue.DeadLetters.Messages);
    }

    [Fact]
    public async Task A_full_queue_takes_no_webhook_and_no_redriven_event_until_it_has_room_again()
    {
        await using var app = new BrokerApp();
        app.AddDeadLetters(BrokerApp.Closed, "dead.letter");
        app.Queue.IsFull = true;

        var webhook = await app.PostAsync("1");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "10"), (webhook.StatusCode, webhook.Header("Retry-After")));
        Assert.Contains("QuotaExceeded", Assert.Single(app.Log<WebhookReceiver>()), StringComparison.Ordinal);
        Assert.Equal("""{"moved":0,"left":1,"skipped":0,"more":false}""", (await app.RedriveAsync()).Text);
        Assert.Contains("conversation-closed: a dead letter was not moved: QuotaExceeded", app.Log<DeadLetterRedrive>());
        Assert.Equal(HttpStatusCode.OK, (await app.HealthAsync()).StatusCode);

        app.Queue.IsFull = false;
        Assert.Equal(HttpStatusCode.OK, (await app.PostAsync("1")).StatusCode);
        Assert.Equal("""{"moved":1,"left":0,"skipped":0,"more":false}""", (await app.RedriveAsync()).Text);
    }

    /// <summary>Returns what ends it.</summary>
    private static Action Begin(Outage outage, BrokerApp app)
    {
        var broker = app.Broker;
        switch (outage)
        {
            case Outage.Refused:
                broker.Network.Refuse();
                return broker.Network.Restore;
            case Outage.Frozen:
                broker.Network.Freeze();
                return broker.Network.Restore;
            case Outage.WrongKey:
                var key = broker.Key;
                broker.Key = "another";
                return () => broker.Key = key;
            case Outage.QueuesMissing:
                foreach (var name in QueueNames.All) broker[name].IsMissing = true;
                return () => { foreach (var name in QueueNames.All) broker[name].IsMissing = false; };
            default:
                broker.Faults.IsBusy = true;
                return () => broker.Faults.IsBusy = false;
        }
    }
}
