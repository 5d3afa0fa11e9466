using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Pipeline.Telemetry;
using BelcoFunctions.Tests;
using Microsoft.Extensions.DependencyInjection;
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
    public async Task An_event_from_the_far_future_is_kept_but_not_projected()
    {
        Assert.Equal("conversation-closed", (await ReceiveClosedAsync(Now.AddHours(24))).Queue);
        var late = await ReceiveClosedAsync(Now.AddHours(24).AddMilliseconds(1));
        Assert.Equal("unprojected-events", late.Queue);
        Assert.Contains("24 hours ahead", late.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "The body is empty.")]
    [InlineData("\uFEFF", "The body is empty.")]
    [InlineData("hello", "not a JSON object")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("null", "not a JSON object")]
    [InlineData("{} {}", "not a JSON object")]
    [InlineData("""{"requestId":"r","eventName":"conv""", "not a JSON object")]
    [InlineData("""{"eventName":"x"}""", "requestId")]
    [InlineData("""{"requestId":"","eventName":"x"}""", "requestId")]
    [InlineData("""{"requestId":5,"eventName":"x"}""", "requestId")]
    [InlineData("""{"requestId":"r","eventName":null}""", "eventName")]
    public async Task What_is_no_event_is_refused_with_what_is_wrong(string body, string detail)
    {
        var reply = await ReceiveAsync(Encoding.UTF8.GetBytes(body));
        Assert.Equal((HttpStatusCode.BadRequest, HttpReply.ProblemJson), (reply.Status, reply.ContentType));
        Assert.Contains(detail, (string)JsonNode.Parse(Text(reply))!["detail"]!, StringComparison.Ordinal);
        Assert.Empty(queued);
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_refused()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await ReceiveAsync([.. "{\"requestId\":\""u8, 0xFF, .. "\"}"u8])).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_limit_is_a_limit_with_and_without_a_content_length(bool announced)
    {
        var body = PayloadFiles.Read("conversation.closed");
        var settings = new WebhookSettings { MaxBodyBytes = body.Length };
        Assert.Equal(HttpStatusCode.OK, (await ReceiveAsync(body, settings, announced: announced)).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await ReceiveAsync([.. body, (byte)' '], settings, announced: announced)).Status);
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

    private async Task<QueuedEvent> ReceiveClosedAsync(DateTimeOffset createdAt)
    {
        var e = PayloadFiles.Parse("conversation.closed");
        e["payload"]!["conversation_item"]!["createdAt"] = Events.EventTime.ToText(createdAt);
        await ReceiveAsync(e.ToUtf8());
        return queued[^1];
    }

    private async Task<HttpReply> ReceiveAsync(
        byte[] body, WebhookSettings? settings = null, string? signature = null, bool announced = true)
    {
        using var services = new ServiceCollection().AddMetrics().AddSingleton<PipelineMetrics>().BuildServiceProvider();
        var receiver = new WebhookReceiver(settings ?? new WebhookSettings(), queue, payloads,
            services.GetRequiredService<PipelineMetrics>(), new FakeTimeProvider(Now), NullLogger<WebhookReceiver>.Instance);
        using var stream = new MemoryStream(body);
        var outcome = await receiver.ReceiveAsync(stream, announced ? body.Length : null, signature, CancellationToken.None);
        return outcome.ToReply();
    }

    private static string Text(HttpReply reply) => Encoding.UTF8.GetString(reply.Body.Span);
}
