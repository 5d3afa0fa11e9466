using BelcoFunctions.Pipeline.Erasing;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions;

/// <summary>What an erasure did with a dead letter.</summary>
internal enum ErasureOutcome
{
    /// <summary>Nothing yet, or it could not be removed. The next run tries again.</summary>
    Pending,

    /// <summary>It was erased, and is gone.</summary>
    Erased,

    /// <summary>It is not erased, and stays.</summary>
    Kept,

    /// <summary>It stays although it is erased or may be: <see cref="ErasureLookup.Left"/> says because of which row.</summary>
    Left,
}

/// <summary>Removes the dead letters of one queue whose events are erased.</summary>
internal sealed class QueueErasure(
    string queue, ErasedDeadLetters deadLetters, ErasureLookup erased, ILogger logger) : IQueueRun
{
    // By sequence number, which is unique in the queue.
    private readonly Dictionary<long, ErasureOutcome> outcomes = [];

    public DeadLetterQueue DeadLetters { get; } = new(queue, logger);

    public IReadOnlyCollection<ErasureOutcome> Outcomes => outcomes.Values;

    public async Task<int> RunAsync(ServiceBusClient client, int limit, CancellationToken ending) =>
        await DeadLetters.ReceiveAsync(
            client, limit,
            async (message, receiver) => outcomes[message.SequenceNumber] = await EraseAsync(message, receiver, ending),
            // If the run ends early, those that are kept or left stay locked for some minutes: the next run reaches others.
            message => outcomes.GetValueOrDefault(message.SequenceNumber) switch
            {
                ErasureOutcome.Erased => false,
                ErasureOutcome.Kept or ErasureOutcome.Left =>
                    outcomes.Count < limit && !ending.IsCancellationRequested,
                _ => true,
            }, ending);

    private async Task<ErasureOutcome> EraseAsync(
        ServiceBusReceivedMessage message, ServiceBusReceiver receiver, CancellationToken ending)
    {
        // It counts as such also if this throws.
        outcomes[message.SequenceNumber] = ErasureOutcome.Pending;
        var outcome = await deadLetters.EraseAsync(message.ToDelivery(queue).Event, erased, ending);
        if (outcome is StrayOutcome.Left) return ErasureOutcome.Left;
        if (outcome is StrayOutcome.Kept) return ErasureOutcome.Kept;
        // Its blob may be deleted already, so it must be removed.
        return await DeadLetters.CompleteAsync(message, receiver) ? ErasureOutcome.Erased : ErasureOutcome.Pending;
    }
}
