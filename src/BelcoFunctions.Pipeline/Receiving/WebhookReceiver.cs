using System.Diagnostics;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Telemetry;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Pipeline.Receiving;

/// <summary>Takes webhooks at the door: read, verify, route, enqueue.</summary>
public sealed partial class WebhookReceiver(
    WebhookSettings settings, IEventQueue queue, IPayloadStore payloads, ReceivingMetrics metrics, TimeProvider time,
    ILogger<WebhookReceiver> logger)
{
    /// <summary>The largest body that a queue carries itself, in bytes: Service Bus Standard takes messages of 256 KiB, headers
    /// included.</summary>
    public const int MaxQueuedBytes = 128 * 1024;

    /// <summary>How long the queue may take. Belco pauses a webhook whose calls keep failing, so an answer is better than a wait.</summary>
    public static readonly TimeSpan EnqueueTimeout = TimeSpan.FromSeconds(5);

    private readonly SignatureVerifier verifier = new(settings);

    /// <summary>Receives one webhook. Throws only when the body cannot be read from its connection, or on cancellation.</summary>
    /// <param name="stream">The body.</param>
    /// <param name="contentLength">Its announced length in bytes; null where there is none. Such a webhook is refused: the Functions
    /// host passes on no body without it (azure-functions-host #7930), so that a signed one would seem to have a wrong signature.</param>
    /// <param name="signature">The value of <see cref="WebhookSettings.SignatureHeader"/>; null when it is not there.</param>
    /// <param name="cancellationToken">The caller has gone.</param>
    public async Task<ReceiveOutcome> ReceiveAsync(
        Stream stream, long? contentLength, string? signature, CancellationToken cancellationToken)
    {
        using var span = PipelineTelemetry.ActivitySource.StartActivity("receive webhook", ActivityKind.Producer);
        var started = time.GetTimestamp();
        var (outcome, eventName) = contentLength is { } length
            ? await ReceiveAsync(stream, length, signature, cancellationToken)
            : (new ReceiveOutcome.LengthRequired(), null);
        metrics.Received(eventName, outcome, time.GetElapsedTime(started));
        return outcome;
    }

    private async Task<(ReceiveOutcome Outcome, string? EventName)> ReceiveAsync(
        Stream stream, long contentLength, string? signature, CancellationToken cancellationToken)
    {
        if (await BodyReader.ReadAsync(stream, contentLength, settings.MaxBodyBytes, cancellationToken) is not { } body)
        {
            return (new ReceiveOutcome.TooLarge(settings.MaxBodyBytes), null);
        }

        var (queuedEvent, refusal) = Accept(body, signature);
        return queuedEvent is null ? (refusal!, null) : (await EnqueueAsync(queuedEvent, cancellationToken), queuedEvent.EventName);
    }

    /// <summary>The event on its way to a queue, or why it is refused: all that is done between the body's last byte and the queue.</summary>
    internal (QueuedEvent? Event, ReceiveOutcome? Refusal) Accept(ReadOnlyMemory<byte> body, string? signature)
    {
        if (verifier.Verify(signature, body.Span) is SignatureResult.Missing or SignatureResult.Wrong)
        {
            return (null, new ReceiveOutcome.SignatureRejected());
        }

        var reading = EventReader.ReadRoute(body);
        if (reading is EventReading<EventRoute>.Malformed malformed) return (null, new ReceiveOutcome.Malformed(malformed.Reason));
        return (EventRouter.Route(reading, body, time.GetUtcNow(), Activity.Current?.Id), null);
    }

    private async Task<ReceiveOutcome> EnqueueAsync(QueuedEvent queuedEvent, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(EnqueueTimeout, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            // The wait ends on time even where the sender does not heed its token.
            await StoreAndEnqueueAsync(queuedEvent, ending.Token).WaitAsync(ending.Token);
            return new ReceiveOutcome.Queued(queuedEvent.RequestId, queuedEvent.Queue);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogUnavailable(logger, queuedEvent.Queue, exception.GetType().Name);
            return new ReceiveOutcome.Unavailable();
        }
    }

    private async Task StoreAndEnqueueAsync(QueuedEvent queuedEvent, CancellationToken cancellationToken)
    {
        if (queuedEvent.Body.Length > MaxQueuedBytes)
        {
            var blob = await payloads.PutAsync(queuedEvent.Body, cancellationToken);
            queuedEvent = queuedEvent with { Body = default, PayloadBlob = blob };
        }

        await queue.EnqueueAsync(queuedEvent, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The queue {Queue} did not take an event in time: {Error}. Belco was told to retry.")]
    private static partial void LogUnavailable(ILogger logger, string queue, string error);
}
