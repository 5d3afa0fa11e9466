using System.Net;
using System.Text;
using BelcoFunctions.Pipeline.Http;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Pipeline.Tests.Storage;
using BelcoFunctions.Tests;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using NSubstitute.ExceptionExtensions;
using Xunit;

namespace BelcoFunctions.Pipeline.Tests.Receiving;

public sealed class WebhookReceiverTests
{
    private static readonly DateTimeOffset Now = new(2025, 6, 11, 9, 20, 0, TimeSpan.Zero);

    private readonly IEventQueue queue = Substitute.For<IEventQueue>();
    private readonly IPayloadStore payloads = Substitute.For<IPayloadStore>();
    private readonly List<QueuedEvent> queued = [];

    public WebhookReceiverTests() => queue.EnqueueAsync(Arg.Do<QueuedEvent>(queued.Add), Arg.Any<CancellationToken>());

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
        var reply = await ReceiveAsync(body);

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        var taken = Assert.Single(queued);
        Assert.Equal((queueName, eventName, Now, null), (taken.Queue, taken.EventName, taken.ReceivedAt, taken.Reason));
        Assert.Equal(body, taken.Body.ToArray());
        Assert.Equal($$"""{"requestId":"{{taken.RequestId}}","queue":"{{queueName}}"}""", Text(reply));
    }

    [Fact]
    public async Task Another_event_name_is_kept_with_the_reason()
    {
        var reply = await ReceiveAsync("""{"requestId":"r","eventName":"contact.created"}"""u8.ToArray());
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        var taken = Assert.Single(queued);
        Assert.Equal(("unprojected-events", "events of this name are not projected."), (taken.Queue, taken.Reason));
    }

    [Fact]
    public async Task Without_a_valid_signature_nothing_is_read()
    {
        var settings = new WebhookSettings { Secrets = ["0123456789abcdef"], SignatureHeader = "X-Signature" };
        var reply = await ReceiveAsync("not even JSON"u8.ToArray(), settings, signature: new string('0', 64));
        Assert.Equal(HttpStatusCode.Unauthorized, reply.Status);
        Assert.Equal("""{"title":"Signature required","status":401}""", Text(reply));
    }

    [Fact]
    public async Task A_queue_that_throws_makes_Belco_retry()
    {
        queue.EnqueueAsync(default!, default).ThrowsAsyncForAnyArgs(new TimeoutException());
        var reply = await ReceiveAsync(PayloadFiles.Read("conversation.closed"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(10)), (reply.Status, reply.RetryAfter));
    }

    [Fact]
    public async Task A_body_over_128_KiB_goes_to_a_blob_and_its_name_to_the_queue()
    {
        payloads.PutAsync(default, default).ReturnsForAnyArgs("blob-name");
        var e = PayloadFiles.Parse("conversation.replied");
        e["payload"]!["conversation_item"]!["body"] = new string('x', WebhookReceiver.MaxQueuedBytes);
        await ReceiveAsync(e.ToUtf8());
        var taken = Assert.Single(queued);
        Assert.Equal(("blob-name", 0), (taken.PayloadBlob, taken.Body.Length));
    }

    [Fact]
    public async Task A_blob_store_that_throws_makes_Belco_retry_and_queues_nothing()
    {
        payloads.PutAsync(default, default).ThrowsAsyncForAnyArgs(new IOException());
        var e = PayloadFiles.Parse("conversation.replied");
        e["payload"]!["conversation_item"]!["body"] = new string('x', WebhookReceiver.MaxQueuedBytes);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await ReceiveAsync(e.ToUtf8())).Status);
        Assert.Empty(queued);
    }

    private async Task<HttpReply> ReceiveAsync(byte[] body, WebhookSettings? settings = null, string? signature = null)
    {
        var receiver = new WebhookReceiver(settings ?? new WebhookSettings(), queue, payloads,
            TestMetrics.Receiving, new FakeTimeProvider(Now), NullLogger<WebhookReceiver>.Instance);
        using var stream = new MemoryStream(body);
        var outcome = await receiver.ReceiveAsync(stream, body.Length, signature, CancellationToken.None);
        return WebhookApi.ToReply(outcome);
    }

    private static string Text(HttpReply reply) => Encoding.UTF8.GetString(reply.Body.Span);
}
