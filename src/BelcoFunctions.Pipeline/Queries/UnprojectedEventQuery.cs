using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;
using BelcoFunctions.Pipeline.Unprojected;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>Reads an unprojected event with its body, from its row or from its blob.</summary>
public sealed class UnprojectedEventQuery(PipelineStorage storage, PayloadReader payloads)
{
    /// <summary>Null if there is no such event, or it was deleted.</summary>
    /// <param name="eventName">Belco's name of the event.</param>
    /// <param name="key">Its <see cref="UnprojectedEvent.Key"/>.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="StoreUnavailableException"/>
    /// <exception cref="DamagedRowException"/>
    public Task<(UnprojectedEvent Event, RawEventResult Raw)?> ReadAsync(
        string eventName, string key, CancellationToken cancellationToken) =>
        StoreError.Guard<(UnprojectedEvent, RawEventResult)?>(async () =>
        {
            var row = await storage.UnprojectedEvents.GetEntityIfExistsAsync<TableEntity>(
                TableKeys.Escape(eventName), key, cancellationToken: cancellationToken);
            if (!row.HasValue) return null;
            return (UnprojectedEvent.From(row.Value!), await RawEventQuery.ReadAsync(row.Value!, payloads, cancellationToken));
        }, cancellationToken);
}
