using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queueing;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>Folds a conversation again from its timeline rows.</summary>
internal sealed class TimelineFold(ConversationTable table, PayloadReader payloads)
{
    /// <summary>Folds the items that remain, and what remains of the reading: nothing without an item, and no subject once
    /// something of the conversation was erased.</summary>
    /// <param name="erasure">Leaves out what is erased; null for the whole timeline.</param>
    /// <param name="cancellationToken">Cancels between two requests.</param>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<FoldedTimeline> FoldAsync(
        string shopId, string conversationId, Erasure? erasure, CancellationToken cancellationToken)
    {
        var (state, failure) = (new ConversationState(shopId, conversationId), (string?)null);
        HashSet<string> customers = new(StringComparer.Ordinal);
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
                customers.UnionWith(e.CustomerIds);
            }
            else
            {
                failure ??= $"the event {row.RowKey} cannot be read";
            }
        }

        var (hasReading, reading) = (false, (ConversationReading?)null);
        try
        {
            reading = await table.FindReadingAsync(shopId, conversationId, cancellationToken);
            hasReading = reading is not null;
        }
        catch (DamagedRowException exception)
        {
            (hasReading, failure) = (true, failure ?? $"the row {exception.RowKey} is damaged");
        }

        var stored = reading;
        reading = state.LastItem is null ? null : reading?.Remaining(erasure);
        if (reading?.CustomerId?.Value is { } read) customers.Add(read);
        return new FoldedTimeline(reading is null ? state : state.Apply(reading), failure, hasReading, reading)
        {
            CustomerIds = customers,
            IsReadingStale = stored != reading,
        };
    }
}
