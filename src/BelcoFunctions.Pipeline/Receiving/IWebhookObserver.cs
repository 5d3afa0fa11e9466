using BelcoFunctions.Pipeline.Queueing;

namespace BelcoFunctions.Pipeline.Receiving;

/// <summary>Gets each webhook just before its answer is sent. So it must be quick, and it must not throw. A host that watches
/// webhooks registers one.</summary>
public interface IWebhookObserver
{
    void Received(in ReceivedWebhook webhook);
}

/// <summary>A webhook and its answer, without the signature.</summary>
/// <param name="Outcome">The outcome of receiving it.</param>
/// <param name="Elapsed">From the request's body to the answer.</param>
/// <param name="Event">The event that was queued, or could not be queued; null for a refused webhook. The observer must not
/// store its body.</param>
/// <param name="ShopId">The shop, if it is known.</param>
/// <param name="ConversationId">The conversation, if the event will be projected.</param>
public readonly record struct ReceivedWebhook(
    ReceiveOutcome Outcome, TimeSpan Elapsed, QueuedEvent? Event, string? ShopId, string? ConversationId);
