using System.Diagnostics;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Telemetry;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Pipeline.Receiving;

/// <summary>Receives webhooks: reads, verifies, routes and enqueues them.</summary>
public sealed partial class WebhookReceiver(
    WebhookSettings settings, IEventQueue queue, IPayloadStore payloads, ReceivingMetrics metrics, TimeProvider time,
    ILogger<WebhookReceiver> logger, IWebhookObserver? observer = null) : IDisposable
{
    /// <summary>How long to wait for the queue. Belco pauses a webhook whose calls keep failing, so a quick 503 is better than a
    /// long wait.</summary>
    public static readonly TimeSpan EnqueueTimeout = TimeSpan.FromSeconds(5);

    private readonly SignatureCheck signature = new(settings, time, logger);

    /// <summary>Receives one webhook. Throws only when the body cannot be read from its connection, or on cancellation.</summary>
    /// <param name="stream">The body.</param>
    /// <param name="contentLength">Its Content-Length in bytes; null if there is none. Then the webhook is refused: the
    /// Functions host drops a body without this header (azure-functions-host #7930), and the signature would seem to be
    /// wrong.</param>
    /// <param name="headers">The headers of the request. One of them has the signature.</param>
    /// <param name="cancellationToken">The caller has gone.</param>
    public async Task<ReceiveOutcome> ReceiveAsync(
        Stream stream, long? contentLength, IRequestHeaders headers, CancellationToken cancellationToken)
    {
        using var span = PipelineTelemetry.ActivitySource.StartActivity("receive webhook", ActivityKind.Producer);
        var started = time.GetTimestamp();
        var (outcome, accepted) = contentLength is { } length
            ? await ReceiveAsync(stream, length, headers, cancellationToken)
            : (new ReceiveOutcome.LengthRequired(), default);
        var elapsed = time.GetElapsedTime(started);
        metrics.Received(accepted.Event?.EventName, outcome, elapsed);
        observer?.Received(new ReceivedWebhook(outcome, elapsed, accepted.Event, accepted.ShopId, accepted.ConversationId));
        return outcome;
    }

    public void Dispose() => signature.Dispose();

    private async Task<(ReceiveOutcome Outcome, Acceptance Accepted)> ReceiveAsync(
        Stream stream, long contentLength, IRequestHeaders headers, CancellationToken cancellationToken)
    {
        if (await BodyReader.ReadAsync(stream, contentLength, settings.MaxBodyBytes, cancellationToken) is not { } body)
        {
            return (new ReceiveOutcome.TooLarge(settings.MaxBodyBytes), default);
        }

        var accepted = Accept(body, headers);
        if (accepted.Event is not { } queuedEvent) return (accepted.Refusal!, default);
        return (await EnqueueAsync(queuedEvent, cancellationToken), accepted);
    }

    /// <summary>The event for its queue, or the reason to refuse it. All work between the body's last byte and the queue is
    /// here.</summary>
    internal Acceptance Accept(ReadOnlyMemory<byte> body, IRequestHeaders headers)
    {
        if (!signature.Accepts(headers, body.Span))
        {
            return new Acceptance(null, new ReceiveOutcome.SignatureRejected(), null, null);
        }

        var reading = EventReader.ReadRoute(body, withConversation: observer is not null);
        if (reading is EventReading<EventRoute>.Malformed malformed)
        {
            return new Acceptance(null, new ReceiveOutcome.Malformed(malformed.Reason), null, null);
        }

        var queuedEvent = EventRouter.Route(reading, body, time.GetUtcNow(), Activity.Current?.Id);
        return reading switch
        {
            EventReading<EventRoute>.Projectable { Event: var e } => new(queuedEvent, null, e.ShopId, e.ConversationId),
            EventReading<EventRoute>.Unprojectable e => new(queuedEvent, null, e.ShopId, null),
            _ => throw new InvalidOperationException($"No case for {reading.GetType().Name}."),
        };
    }

    private async Task<ReceiveOutcome> EnqueueAsync(QueuedEvent queuedEvent, CancellationToken cancellationToken)
    {
        using var ending = new CancellationTokenSource(EnqueueTimeout, time);
        using var gone = cancellationToken.UnsafeRegister(source => ((CancellationTokenSource)source!).Cancel(), ending);
        try
        {
            // WaitAsync ends the wait in time even if the sender ignores its token.
            await StoreAndEnqueueAsync(queuedEvent, ending.Token).WaitAsync(ending.Token);
            return new ReceiveOutcome.Queued(queuedEvent.RequestId, queuedEvent.Queue);
        }
        catch (Exception exception)
            when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogUnavailable(logger, queuedEvent.Queue, QueueFailure.Reason(exception));
            return new ReceiveOutcome.Unavailable();
        }
    }

    private async Task StoreAndEnqueueAsync(QueuedEvent queuedEvent, CancellationToken cancellationToken)
    {
        if (ClaimCheck.IsNeeded(queuedEvent.Body))
        {
            var blob = await payloads.PutAsync(queuedEvent.Body, cancellationToken);
            queuedEvent = queuedEvent with { Body = ClaimCheck.Create(queuedEvent.Body), PayloadBlob = blob };
        }

        await queue.EnqueueAsync(queuedEvent, cancellationToken);
    }

    internal readonly record struct Acceptance(
        QueuedEvent? Event, ReceiveOutcome? Refusal, string? ShopId, string? ConversationId);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "An event could not be put into the queue {Queue}: {Reason}. Belco got 503 and should send it again.")]
    private static partial void LogUnavailable(ILogger logger, string queue, string reason);
}
