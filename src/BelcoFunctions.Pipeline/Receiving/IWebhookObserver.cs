using BelcoFunctions.Pipeline.Queueing;

namespace BelcoFunctions.Pipeline.Receiving;

/// <summary>Is told of each webhook that gets an answer, before it gets it. So it must be quick, and it must not throw. A host
/// that watches webhooks registers one.</summary>
public interface IWebhookObserver
{
    void Received(in ReceivedWebhook webhook);
}

/// <summary>A webhook and its answer. It has neither the body nor the signature.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Elapsed">From the request's body to the answer.</param>
/// <param name="Event">What the queue got, or could not get; null for a webhook that was refused. It has a body, which the
/// observer must not keep.</param>
/// <param name="ShopId">The shop, if it is known.</param>
/// <param name="ConversationId">The conversation, if the event will be projected.</param>
public readonly record struct ReceivedWebhook(
    ReceiveOutcome Outcome, TimeSpan Elapsed, QueuedEvent? Event, string? ShopId, string? ConversationId);
