using System.Diagnostics.Metrics;
using BelcoFunctions.Pipeline.Telemetry;

namespace BelcoFunctions.Pipeline.Erasing;

/// <summary>Counts the conversations that retention erased.</summary>
public sealed class RetentionMetrics
{
    private readonly Counter<long> conversations;

    public RetentionMetrics(IMeterFactory meters) => conversations = meters.CreatePipelineMeter().CreateCounter<long>(
        "belco.retention.conversations", "{conversation}", "Closed conversations that were due to be erased, by outcome.");

    internal void Applied(ErasureReceipt receipt)
    {
        conversations.Add(receipt.Conversations, new KeyValuePair<string, object?>("outcome", "erased"));
        conversations.Add(receipt.Remaining, new KeyValuePair<string, object?>("outcome", "remaining"));
    }
}
