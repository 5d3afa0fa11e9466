using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Erasing;

/// <summary>Finds the dead letters of erased conversations and customers, and deletes their blobs. The host then removes the
/// messages from its queues.</summary>
public sealed class ErasedDeadLetters(PipelineStorage storage, PayloadReader payloads, TimeProvider time)
{
    private readonly StrayConversations strayConversations = new(storage.Conversations, payloads, time);
    private readonly PayloadReferences named = new(storage, payloads);

    /// <summary>A lookup for one run: it reads each row once.</summary>
    public ErasureLookup Begin() => new(storage.Conversations) { Remembers = true };

    /// <summary>Deletes the blob and the conversation of a dead letter that is erased. The host must then remove the message. A
    /// blob that a row still refers to stays.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<StrayOutcome> EraseAsync(QueuedEvent deadLetter, ErasureLookup erased, CancellationToken cancellationToken)
    {
        // Without its blob, the event can never be projected, and we cannot know which customer it belonged to.
        if (await payloads.ReadAsync(deadLetter, cancellationToken) is not { } body) return StrayOutcome.Erased;
        var stray = await strayConversations.EraseAsync(body, deadLetter.ReceivedAt, erased, cancellationToken);
        if (stray.Outcome is not StrayOutcome.Erased) return stray.Outcome;
        await named.DeleteUnlessNamedAsync(deadLetter.PayloadBlob, body, cancellationToken);
        return StrayOutcome.Erased;
    }
}
