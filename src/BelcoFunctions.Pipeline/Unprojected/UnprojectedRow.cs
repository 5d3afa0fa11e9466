using System.Security.Cryptography;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Unprojected;

/// <summary>The row of an event that is not projected, with the reason. Events with the same body share a row.</summary>
internal static class UnprojectedRow
{
    public static TableEntity ToEntity(string eventName, string requestId, string? shopId, string reason,
        ReadOnlyMemory<byte> raw, DateTimeOffset receivedAt, string? payloadBlob)
    {
        var row = new TableEntity(TableKeys.Escape(eventName), Key(raw));
        row.Set(Column.EventName, eventName);
        row.Set(Column.Reason, reason);
        row.Set(Column.RequestId, requestId);
        row.Set(Column.ShopId, shopId);
        row.Set(Column.ReceivedAt, receivedAt);
        RawEvent.Set(row, raw, payloadBlob);
        row.Set(Column.SchemaVersion, RowValues.SchemaVersion);
        return row;
    }

    /// <summary>The row key of a body. A blob with the body has the same name.</summary>
    public static string Key(ReadOnlyMemory<byte> raw) => Convert.ToHexString(SHA256.HashData(raw.Span));
}
