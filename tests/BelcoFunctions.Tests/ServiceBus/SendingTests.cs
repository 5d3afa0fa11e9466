using BelcoFunctions.ServiceBusBroker;

namespace BelcoFunctions.Tests.ServiceBus;

/// <summary>Webhooks, through the real client of Service Bus.</summary>
public sealed class SendingTests
{
    private const int MaxQueuedBytes = ClaimCheck.MaxQueuedBytes;

    [Fact]
    public async Task A_webhook_that_was_answered_200_is_a_message_byte_for_byte()
    {
        await using var app = new BrokerApp();
        var body = PayloadFiles.Read("conversation.closed");

        Assert.Equal(HttpStatusCode.OK, (await app.PostAsync(body)).StatusCode);

        var message = Assert.Single(app.Queue.Messages);
        var sent = body.ToEvent();
        Assert.Equal(
            ($"{sent.RequestId}.{sent.Item.Id}", "conversation.closed", "application/json", sent.RequestId),
            (message.MessageId, message.Subject, message.ContentType, message.ApplicationProperties["requestId"]));
        Assert.Equal(body, message.Body.ToArray());
    }

    [Fact]
    public async Task A_webhook_that_Belco_sends_again_stays_one_message()
    {
        await using var app = new BrokerApp();
        foreach (var requestId in new[] { "1", "2", "1", "1" })
        {
            Assert.Equal(HttpStatusCode.OK, (await app.PostAsync(requestId)).StatusCode);
        }

        Assert.Equal(["1", "2"], app.Queue.Messages.Select(message => message.ApplicationProperties["requestId"]));
    }

    [Theory]
    [InlineData(MaxQueuedBytes, true)]
    [InlineData(MaxQueuedBytes + 1, false)]
    public async Task A_body_of_up_to_128_KiB_goes_into_the_message_and_a_larger_one_into_a_blob(int size, bool isInMessage)
    {
        await using var app = new BrokerApp();
        var body = OfSize(size);
        Assert.Equal(HttpStatusCode.OK, (await app.PostAsync(body)).StatusCode);
        Assert.Equal(isInMessage ? body : ClaimCheck.Create(body).ToArray(), Assert.Single(app.Queue.Messages).Body.ToArray());
    }

    [Fact]
    public async Task A_message_that_is_too_large_for_the_queue_is_not_lost_silently()
    {
        await using var app = new BrokerApp(new BrokerOptions { MaxMessageSize = MaxQueuedBytes });

        var response = await app.PostAsync(OfSize(MaxQueuedBytes));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "10"), (response.StatusCode, response.Header("Retry-After")));
        Assert.Contains("MessageSizeExceeded", Assert.Single(app.Log<WebhookReceiver>()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_connection_loses_no_webhook()
    {
        await using var app = new BrokerApp();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await app.PostAsync($"{i}")).StatusCode);
            app.Broker.Network.Cut();
        }

        Assert.Equal(5, app.Queue.Messages.Count);
        Assert.Empty(app.Log<WebhookReceiver>());
    }

    [Fact]
    public async Task A_send_that_fails_at_once_is_repeated_while_Belco_waits()
    {
        await using var app = new BrokerApp();
        var sends = 0;
        app.Broker.Faults.Before = operation =>
            operation.Kind is BrokerOperationKind.Send && ++sends == 1 ? BrokerError.InternalError : null;

        Assert.Equal(HttpStatusCode.OK, (await app.PostAsync("1")).StatusCode);

        Assert.Equal((2, 1), (sends, app.Queue.Messages.Count));
    }

    [Fact]
    public async Task A_send_whose_answer_is_lost_is_repeated_and_the_queue_drops_the_second()
    {
        await using var app = new BrokerApp();
        var sends = 0;
        app.Broker.Faults.After = operation =>
        {
            if (operation.Kind is BrokerOperationKind.Send && ++sends == 1) app.Broker.Network.Cut();
        };

        Assert.Equal(HttpStatusCode.OK, (await app.PostAsync("1")).StatusCode);

        Assert.Equal((2, 1), (sends, app.Queue.Messages.Count));
    }

    /// <summary>A webhook whose body has exactly so many bytes.</summary>
    private static byte[] OfSize(int size)
    {
        var e = PayloadFiles.Parse("conversation.closed");
        e["payload"]!["conversation_item"]!["body"] = "";
        e["payload"]!["conversation_item"]!["body"] = new string('x', size - e.ToUtf8().Length);
        return e.ToUtf8();
    }
}
