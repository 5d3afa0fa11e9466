using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Http;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Pipeline.Tables;
using BelcoFunctions.Pipeline.Tests.Storage;
using BelcoFunctions.Tests;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace BelcoFunctions.Pipeline.Tests.Receiving;

/// <summary>The receiver, before a queue and a payload store that take everything.</summary>
internal sealed class Door : IEventQueue, IPayloadStore
{
    /// <summary>The receiver's clock: a minute or so behind the samples.</summary>
    public static readonly DateTimeOffset Now = new(2025, 6, 11, 9, 20, 0, TimeSpan.Zero);

    private QueuedEvent? queued;
    private byte[]? stored;

    public static Task<Received> ReceiveAsync(string body) => ReceiveAsync(Encoding.UTF8.GetBytes(body));

    public static async Task<Received> ReceiveAsync(byte[] body, WebhookSettings? settings = null)
    {
        using var stream = new MemoryStream(body);
        return await ReceiveAsync(stream, body.Length, settings);
    }

    public static async Task<Received> ReceiveAsync(Stream stream, long? contentLength, WebhookSettings? settings = null)
    {
        var door = new Door();
        var receiver = new WebhookReceiver(settings ?? new WebhookSettings(), door, door, TestMetrics.Receiving, new FakeTimeProvider(Now),
            NullLogger<WebhookReceiver>.Instance);
        var outcome = await receiver.ReceiveAsync(stream, contentLength, signature: null, CancellationToken.None);
        return new Received(WebhookApi.ToReply(outcome), door.queued, door.stored ?? door.queued?.Body.ToArray());
    }

    public static Task<Received> ReceiveAsync(JsonNode body) => ReceiveAsync(body.ToUtf8());

    public Task EnqueueAsync(QueuedEvent queuedEvent, CancellationToken cancellationToken)
    {
        Assert.Null(queued);
        queued = queuedEvent;
        return Task.CompletedTask;
    }

    public Task<string> PutAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        stored = body.ToArray();
        return Task.FromResult("blob");
    }

    public Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken) => Task.FromResult(stored);

    public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>What the receiver answered, and what it queued.</summary>
/// <param name="Reply">The answer.</param>
/// <param name="Queued">The queued event; null when there is none.</param>
/// <param name="Raw">Its bytes, from the queue or the payload store.</param>
internal sealed record Received(HttpReply Reply, QueuedEvent? Queued, byte[]? Raw)
{
    /// <summary>400 with what is wrong, and nothing queued.</summary>
    public void ShouldBeRefused(string detail)
    {
        Assert.Equal((HttpStatusCode.BadRequest, HttpReply.ProblemJson), (Reply.Status, Reply.ContentType));
        Assert.Contains(detail, (string)JsonNode.Parse(Reply.Body.Span)!["detail"]!, StringComparison.Ordinal);
        Assert.Null(Queued);
    }

    /// <summary>200, and kept with the reason.</summary>
    public void ShouldBeUnprojected(string reason)
    {
        Assert.Equal(HttpStatusCode.OK, Reply.Status);
        Assert.Equal((QueueNames.UnprojectedEvents, reason), (Queued?.Queue, Queued?.Reason));
    }

    /// <summary>200, and in the queue of its event type.</summary>
    public BelcoEvent ShouldBeProjected()
    {
        Assert.Equal((HttpStatusCode.OK, null), (Reply.Status, Queued?.Reason));
        var e = Raw!.ToEvent();
        Assert.Equal(QueueNames.For(e.EventName), Queued!.Queue);
        return e;
    }
}
