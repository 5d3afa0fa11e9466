using System.Text.Json;
using Azure.Data.Tables;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>A row has values that this code never writes: another program changed it.</summary>
/// <param name="rowKey">The key of the row.</param>
/// <param name="inner">What could not be read.</param>
public sealed class DamagedRowException(string rowKey, Exception? inner = null)
    : Exception($"The row {rowKey} is damaged: a column is missing, or its value is of another type or not JSON.", inner)
{
    /// <summary>The key of the row.</summary>
    public string RowKey { get; } = rowKey;

    /// <summary>Reads values of a row.</summary>
    /// <exception cref="DamagedRowException"/>
    internal static T Guard<T>(TableEntity row, Func<TableEntity, T> read)
    {
        try
        {
            return read(row);
        }
        catch (Exception exception) when (exception is InvalidOperationException or InvalidCastException or JsonException)
        {
            throw new DamagedRowException(row.RowKey, exception);
        }
    }
}
