using System.Diagnostics.CodeAnalysis;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Unprojected;

/// <summary>Selects unprojected events: all that match.</summary>
public sealed record UnprojectedSelection
{
    private const int MaxFilteredReason = 500;

    /// <summary>Belco's name of the event; null for all.</summary>
    public string? EventName { get; init; }

    /// <summary>One event of that name, by its <see cref="UnprojectedEvent.Key"/>; null for all.</summary>
    public string? Key { get; init; }

    /// <summary>Only those after this key. It needs an <see cref="EventName"/>.</summary>
    public string? AfterKey { get; init; }

    /// <summary>Why they were not projected; null for every reason.</summary>
    public string? Reason { get; init; }

    /// <summary>Only events that were received up to this moment.</summary>
    public DateTimeOffset Through { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>The part of the selection that the service checks, so that it returns few other rows.</summary>
    internal string? Filter
    {
        get
        {
            string?[] conditions =
            [
                EventName is null ? null : RowFilter.Where(Column.PartitionKey, "eq", TableKeys.Escape(EventName)),
                Key is null ? null : RowFilter.Where(Column.RowKey, "eq", Key),
                AfterKey is null ? null : RowFilter.Where(Column.RowKey, "gt", AfterKey),
                IsFilterable(Reason) ? RowFilter.Where(Column.Reason, "eq", Reason) : null,
            ];
            var filter = string.Join(" and ", conditions.OfType<string>());
            return filter.Length == 0 ? null : filter;
        }
    }

    /// <summary>The part of the selection that the service does not check.</summary>
    internal bool Has(UnprojectedEvent e) => (Reason is null || e.Reason == Reason) && e.ReceivedAt <= Through;

    // A reason may be too long for a URL, or have characters that the service refuses there. A row with an empty reason may
    // lack the column.
    private static bool IsFilterable([NotNullWhen(true)] string? reason) =>
        reason is { Length: > 0 and <= MaxFilteredReason } && reason.All(character => character is >= ' ' and <= '~');
}
