using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Receiving;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BelcoFunctions.Pipeline.Tests.Storage;

/// <summary>The receiver in front of a queue that a test looks into.</summary>
internal sealed class TestReceiver : IEventQueue
{
    private readonly WebhookReceiver receiver;

    public TestReceiver(IPayloadStore payloads)
    {
        receiver = new(new WebhookSettings { MaxBodyBytes = 32 * 1024 * 1024 }, this, payloads,
            TestMetrics.Receiving, new FakeTimeProvider(EventFactory.Start.AddDays(1)),
            NullLogger<WebhookReceiver>.Instance);
    }

    public List<QueuedEvent> Queued { get; } = [];

    public async Task<ReceiveOutcome> ReceiveAsync(byte[] body)
    {
        using var stream = new MemoryStream(body);
        return await receiver.ReceiveAsync(stream, body.Length, signature: null, CancellationToken.None);
    }

    public Task EnqueueAsync(QueuedEvent queuedEvent, CancellationToken cancellationToken)
    {
        Queued.Add(queuedEvent);
        return Task.CompletedTask;
    }

    public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
