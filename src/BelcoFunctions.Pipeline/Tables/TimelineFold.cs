using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queueing;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>Folds a conversation again from its timeline rows.</summary>
internal sealed class TimelineFold(ConversationTable table, PayloadReader payloads)
{
    /// <summary>Returns the state of all events that can be read, and half a sentence about the first that cannot.</summary>
    /// <param name="erasure">Leaves out what is erased; null for the whole timeline.</param>
    /// <param name="cancellationToken">Cancels between two requests.</param>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<(ConversationState State, string? Failure)> FoldAsync(
        string shopId, string conversationId, Erasure? erasure, CancellationToken cancellationToken)
    {
        var (state, failure) = (new ConversationState(shopId, conversationId), (string?)null);
        await foreach (var row in table.ReadTimelineAsync(shopId, conversationId, erasure?.Through, cancellationToken))
        {
            var raw = RawEvent.TryRead(row);
            if (raw is null)
            {
                failure ??= $"the row {row.RowKey} is damaged";
            }
            else if (await payloads.ReadAsync(raw.RawBlob, raw.Raw, cancellationToken) is not { } body)
            {
                failure ??= $"the blob {raw.RawBlob} is missing";
            }
            else if (EventReader.Read(body) is EventReading<BelcoEvent>.Projectable { Event: var e })
            {
                state = state.Apply(e);
            }
            else
            {
                failure ??= $"the event {row.RowKey} cannot be read";
            }
        }

        return (state, failure);
    }
}
