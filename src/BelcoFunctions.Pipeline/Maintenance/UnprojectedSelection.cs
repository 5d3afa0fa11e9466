using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Maintenance;

/// <summary>Which unprojected events: all that match.</summary>
public sealed record UnprojectedSelection
{
    /// <summary>Belco's name of the event; null for all.</summary>
    public string? EventName { get; init; }

    /// <summary>One event of that name, by its <see cref="UnprojectedEvent.Key"/>; null for all.</summary>
    public string? Key { get; init; }

    /// <summary>Only those after this key. It needs an <see cref="EventName"/>.</summary>
    public string? AfterKey { get; init; }

    /// <summary>Why they were not projected; null for every reason.</summary>
    public string? Reason { get; init; }

    /// <summary>Only those that were received until then.</summary>
    public DateTimeOffset Through { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>The part of the selection that the service checks: the keys.</summary>
    internal string? Filter
    {
        get
        {
            if (EventName is null) return null;
            var partition = TableKeys.Escape(EventName);
            return (Key, AfterKey) switch
            {
                ({ } key, _) => TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey eq {key}"),
                (_, { } after) => TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {after}"),
                _ => TableClient.CreateQueryFilter($"PartitionKey eq {partition}"),
            };
        }
    }

    /// <summary>The rest of it: a reason may be longer than an address.</summary>
    internal bool Has(UnprojectedEvent e) => (Reason is null || e.Reason == Reason) && e.ReceivedAt <= Through;
}
