using System.Text;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Testing.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BelcoFunctions.Testing.Receiving;

/// <summary>The receiver with its queue and, unless a test brings another, its payload store in memory.</summary>
internal sealed class TestReceiver : IEventQueue, IPayloadStore
{
    public static readonly DateTimeOffset Now = EventFactory.Start.AddDays(1);

    private readonly WebhookReceiver receiver;
    private byte[]? stored;

    public TestReceiver(IPayloadStore? payloads = null, WebhookSettings? settings = null) => receiver = new(
        settings ?? new(), this, payloads ?? this, TestMetrics.Receiving, Time, NullLogger<WebhookReceiver>.Instance);

    public FakeTimeProvider Time { get; } = new(Now);

    public List<QueuedEvent> Queued { get; } = [];

    /// <summary>What the queue does before it takes an event.</summary>
    public Func<Task> Enqueuing { get; init; } = () => Task.CompletedTask;

    public async Task<Received> ReceiveAsync(byte[] body, string? signature = null)
    {
        using var stream = new MemoryStream(body);
        return await ReceiveAsync(stream, body.Length, signature);
    }

    public async Task<Received> ReceiveAsync(Stream body, long? contentLength, string? signature = null)
    {
        var before = Queued.Count;
        var outcome = await receiver.ReceiveAsync(body, contentLength, TestHeaders.From(signature), CancellationToken.None);
        return new Received(outcome, Queued.Skip(before).SingleOrDefault(), stored);
    }

    public async Task EnqueueAsync(QueuedEvent queuedEvent, CancellationToken cancellationToken)
    {
        await Enqueuing();
        Queued.Add(queuedEvent);
    }

    public Task<string> PutAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        stored = body.ToArray();
        return Task.FromResult("blob");
    }

    public Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken) => Task.FromResult(stored);

    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        stored = null;
        return Task.CompletedTask;
    }

    public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Posts one webhook to a new receiver.</summary>
internal static class Webhook
{
    public static Task<Received> ReceiveAsync(byte[] body) => new TestReceiver().ReceiveAsync(body);

    public static Task<Received> ReceiveAsync(string body) => ReceiveAsync(Encoding.UTF8.GetBytes(body));

    public static Task<Received> ReceiveAsync(JsonNode body) => ReceiveAsync(body.ToUtf8());
}
