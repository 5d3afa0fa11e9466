using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using BelcoFunctions.Pipeline.Http;
using BelcoFunctions.Testing.Receiving;

namespace BelcoFunctions.Pipeline.Tests.Receiving;

public sealed class WebhookReceiverTests
{
    [Theory]
    [InlineData("conversation.created", "conversation-created")]
    [InlineData("conversation.replied", "conversation-replied")]
    [InlineData("conversation.note.added", "conversation-note-added")]
    [InlineData("conversation.assigned", "conversation-assigned")]
    [InlineData("conversation.closed", "conversation-closed")]
    [InlineData("conversation.reopened", "conversation-reopened")]
    public async Task Each_sample_goes_to_its_queue_byte_for_byte(string eventName, string queueName)
    {
        var body = PayloadFiles.Read(eventName);

        var received = await Webhook.ReceiveAsync(body);

        var queued = received.Queued!;
        Assert.Equal((queueName, eventName, TestReceiver.Now, null),
            (queued.Queue, queued.EventName, queued.ReceivedAt, queued.Reason));
        Assert.Equal(body, queued.Body.ToArray());
        Assert.Equal(HttpStatusCode.OK, received.Reply.Status);
        Assert.Equal($$"""{"requestId":"{{queued.RequestId}}","queue":"{{queueName}}"}""", Text(received.Reply));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task Without_a_valid_signature_the_body_is_not_even_parsed(string? signature)
    {
        var receiver = new TestReceiver(settings: new() { Secrets = ["0123456789abcdef"], SignatureHeader = "X-Signature" });

        var received = await receiver.ReceiveAsync("not JSON"u8.ToArray(), signature);

        received.ShouldBeRefused(detail: null, HttpStatusCode.Unauthorized);
        Assert.Equal("""{"title":"Signature required","status":401}""", Text(received.Reply));
    }

    [Fact]
    public async Task When_the_queue_throws_Belco_gets_a_503_with_Retry_After()
    {
        var receiver = new TestReceiver { Enqueuing = () => throw new TimeoutException() };
        ShouldBeTriedAgain(await receiver.ReceiveAsync(PayloadFiles.Read("conversation.closed")));
    }

    [Fact]
    public async Task When_the_queue_takes_five_seconds_Belco_gets_a_503_with_Retry_After()
    {
        var receiver = new TestReceiver { Enqueuing = () => new TaskCompletionSource().Task };
        var receiving = receiver.ReceiveAsync(PayloadFiles.Read("conversation.closed"));
        receiver.Time.Advance(TimeSpan.FromSeconds(4.999));
        Assert.False(receiving.IsCompleted);
        receiver.Time.Advance(TimeSpan.FromMilliseconds(1));
        ShouldBeTriedAgain(await receiving);
    }

    [Fact]
    public async Task An_unknown_event_name_is_no_tag_of_the_metrics()
    {
        List<object?> events = [];
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, owner) =>
        {
            if (instrument.Name == "belco.webhooks") owner.EnableMeasurementEvents(instrument);
        };
        // Tests run in parallel, so other webhooks are counted too.
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            lock (events) events.Add(tags.ToArray().Single(tag => tag.Key == "event").Value);
        });
        listener.Start();

        await Webhook.ReceiveAsync("""{"requestId":"r","eventName":"unknown.event"}""");

        lock (events)
        {
            Assert.Contains("other", events);
            Assert.DoesNotContain("unknown.event", events);
        }
    }

    private static void ShouldBeTriedAgain(Received received) => Assert.Equal(
        (HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(10)), (received.Reply.Status, received.Reply.RetryAfter));

    private static string Text(HttpReply reply) => Encoding.UTF8.GetString(reply.Body.Span);
}
