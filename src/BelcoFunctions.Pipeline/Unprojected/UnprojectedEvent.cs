using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Unprojected;

/// <summary>An event that was stored without being projected, and the reason.</summary>
/// <param name="EventName">Belco's name of the event.</param>
/// <param name="RequestId">Belco's id of the webhook.</param>
/// <param name="ShopId">The shop; null if the body names none.</param>
/// <param name="Reason">Why it was not projected.</param>
/// <param name="ReceivedAt">When the webhook was received.</param>
/// <param name="Key">The hash of the body: together with the event's name, it identifies the row.</param>
public sealed record UnprojectedEvent(
    string EventName, string RequestId, string? ShopId, string Reason, DateTimeOffset ReceivedAt, string Key)
{
    internal static string[] Columns { get; } =
    [
        Column.PartitionKey, Column.RowKey, Column.EventName, Column.RequestId, Column.ShopId, Column.Reason, Column.ReceivedAt,
    ];

    /// <summary>A column that another program changed or removed counts as empty: the other rows must stay readable.</summary>
    internal static UnprojectedEvent From(TableEntity row) => new(
        Text(row, Column.EventName) ?? row.PartitionKey, Text(row, Column.RequestId) ?? "",
        Text(row, Column.ShopId), Text(row, Column.Reason) ?? "",
        row.TryGetValue(Column.ReceivedAt, out var value) && value is DateTimeOffset time ? time : DateTimeOffset.UnixEpoch,
        row.RowKey);

    private static string? Text(TableEntity row, string column) =>
        row.TryGetValue(column, out var value) ? value as string : null;
}
