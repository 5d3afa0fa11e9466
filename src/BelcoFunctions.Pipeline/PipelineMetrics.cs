using System.Diagnostics.Metrics;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Receiving;

namespace BelcoFunctions.Pipeline;

/// <summary>What an operator can count.</summary>
public sealed class PipelineMetrics
{
    public const string MeterName = "BelcoFunctions";

    private readonly Counter<long> webhooks;

    public PipelineMetrics(IMeterFactory meters) =>
        webhooks = meters.Create(MeterName).CreateCounter<long>("belco.webhooks", "{webhook}", "Webhooks by event and outcome.");

    internal void WebhookReceived(string? eventName, ReceiveOutcome outcome) =>
        webhooks.Add(1, new("event", EventTag(eventName)), new("outcome", OutcomeTag(outcome)));

    // Names come from outside: anything but the six is one tag, or a stranger could make tags without end.
    private static string EventTag(string? eventName) =>
        eventName is null ? "none" : EventNames.IsProjected(eventName) ? eventName : "other";

    private static string OutcomeTag(ReceiveOutcome outcome) => outcome switch
    {
        ReceiveOutcome.Queued => "queued",
        ReceiveOutcome.Malformed => "malformed",
        ReceiveOutcome.SignatureRejected => "signature-rejected",
        ReceiveOutcome.TooLarge => "too-large",
        ReceiveOutcome.Unavailable => "unavailable",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}
