using BelcoFunctions.Pipeline.Maintenance;
using BelcoFunctions.Pipeline.Tables;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions;

/// <summary>What an erasure did with a dead letter.</summary>
internal enum ErasureOutcome
{
    /// <summary>Nothing yet, or it could not be removed.</summary>
    Left,

    /// <summary>It was erased, and is gone.</summary>
    Erased,

    /// <summary>It is not erased, and stays.</summary>
    Kept,
}

/// <summary>Removes the dead letters of one queue whose events are erased.</summary>
internal sealed class QueueErasure(
    string queue, ErasedDeadLetters deadLetters, ErasedEvents erased, ILogger logger) : IQueueRun
{
    // By sequence number, which is unique in the queue.
    private readonly Dictionary<long, ErasureOutcome> outcomes = [];

    public DeadLetterQueue DeadLetters { get; } = new(queue, logger);

    public IReadOnlyCollection<ErasureOutcome> Outcomes => outcomes.Values;

    public async Task<int> RunAsync(ServiceBusClient client, int limit, CancellationToken ending) =>
        await DeadLetters.ReceiveAsync(
            client, limit,
            async (message, receiver) => outcomes[message.SequenceNumber] = await EraseAsync(message, receiver, ending),
            // If the run ends early, those that are kept stay locked for some minutes, so that the next run reaches others.
            message => outcomes.GetValueOrDefault(message.SequenceNumber) switch
            {
                ErasureOutcome.Erased => false,
                ErasureOutcome.Kept => outcomes.Count < limit && !ending.IsCancellationRequested,
                _ => true,
            }, ending);

    private async Task<ErasureOutcome> EraseAsync(
        ServiceBusReceivedMessage message, ServiceBusReceiver receiver, CancellationToken ending)
    {
        // If it is left, it counts as such even if this throws.
        outcomes[message.SequenceNumber] = ErasureOutcome.Left;
        if (!await deadLetters.EraseAsync(message.ToDelivery(queue).Event, erased, ending)) return ErasureOutcome.Kept;
        // Its blob may be deleted already, so it must be removed.
        return await DeadLetters.CompleteAsync(message, receiver) ? ErasureOutcome.Erased : ErasureOutcome.Left;
    }
}
