using Azure.Data.Tables;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>The raw event of a row: its bytes, or the name of the blob that has them.</summary>
internal sealed record RawEvent(string RowKey, ReadOnlyMemory<byte> Raw, string? RawBlob)
{
    /// <summary>The columns to select.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        [Column.RowKey, Column.RawBlob, .. RowValues.BytesPartNames(Column.Raw)];

    /// <summary>The columns without the bytes.</summary>
    public static IReadOnlyList<string> NameColumns { get; } = [Column.RowKey, Column.RawBlob];

    /// <summary>Reads a row that has only <see cref="NameColumns"/>. A damaged column counts as empty.</summary>
    public static RawEvent NameOf(TableEntity row) => new(row.RowKey, default, row[Column.RawBlob] as string);

    public static RawEvent From(TableEntity row) => new(row.RowKey, row.GetBytes(Column.Raw), row.GetString(Column.RawBlob));

    /// <summary>Reads a row that another program may have changed.</summary>
    /// <exception cref="DamagedRowException"/>
    public static RawEvent Read(TableEntity row)
    {
        var stored = DamagedRowException.Guard(row, From);
        return stored is { RawBlob: null, Raw.IsEmpty: true } ? throw new DamagedRowException(row.RowKey) : stored;
    }

    /// <summary>Reads a row that another program may have changed; null if it is damaged.</summary>
    public static RawEvent? TryRead(TableEntity row)
    {
        try
        {
            return Read(row);
        }
        catch (DamagedRowException)
        {
            return null;
        }
    }

    public static void Set(TableEntity row, ReadOnlyMemory<byte> raw, string? rawBlob)
    {
        if (rawBlob is null) row.SetBytes(Column.Raw, raw);
        else row[Column.RawBlob] = rawBlob;
    }
}
