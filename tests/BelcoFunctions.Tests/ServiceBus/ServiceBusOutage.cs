namespace BelcoFunctions.Tests.ServiceBus;

/// <summary>A time in which the app cannot use Service Bus.</summary>
internal sealed class ServiceBusOutage(BrokerApp app)
{
    /// <summary>Asserts that Belco is asked to retry, that health and a redrive report the outage, that the log has the
    /// reason, and that nothing is lost and everything works again afterwards.</summary>
    public async Task AssertAsync(Action begin, Action end, string reason)
    {
        app.AddDeadLetters(BrokerApp.Closed, "dead.letter");
        begin();

        var responses = await Task.WhenAll(
            app.PostAsync("1"), app.HealthAsync(), app.RedriveAsync($"?queue={BrokerApp.Closed}"));

        Assert.All(responses, response => Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode));
        var (webhook, health, redrive) = (responses[0], responses[1], responses[2]);
        Assert.Equal("10", webhook.Header("Retry-After"));
        Assert.Equal($"An event could not be put into the queue conversation-closed: {reason}. "
            + "Belco got 503 and should send it again.", Assert.Single(app.Log<WebhookReceiver>()));
        Assert.StartsWith("queue: unreachable\ntable: ok\n", health.Text, StringComparison.Ordinal);
        Assert.Equal("conversation-closed did not answer. Moved so far: 0. Call again.",
            (string)JsonNode.Parse(redrive.Text)!["detail"]!);
        Assert.Equal($"Redrive: the dead letters of conversation-closed could not be read: {reason}",
            Assert.Single(app.Log<DeadLetterRedrive>()));
        Assert.Equal((0, 1), (app.Queue.Messages.Count, app.Queue.DeadLetters.Messages.Count));

        end();

        foreach (var call in new[] { () => app.PostAsync("1"), app.HealthAsync, () => app.RedriveAsync() })
        {
            await TestTimeout.UntilAsync(async _ => (await call()).StatusCode is HttpStatusCode.OK);
        }

        // Each message once, although the queue may also have received messages that it did not confirm.
        Assert.Equal(["1", "dead"], app.Queue.Messages.Select(message => message.MessageId.Split('.')[0]).Order());
        Assert.Empty(app.Queue.DeadLetters.Messages);
    }
}
