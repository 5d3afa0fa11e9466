namespace BelcoFunctions.Simulation.Tests.Store;

/// <summary>The limits of the documentation: "Understanding the Table service data model" and "Performing entity group
/// transactions".</summary>
internal static class StoreLimits
{
    public const int TransactionRows = 100;
    public const int TransactionBytes = 4 * 1024 * 1024;

    private const int KeyCharacters = 512;
    private const int PropertyBytes = 64 * 1024;
    private const int RowBytes = 1024 * 1024;

    // 255 with the keys and the time.
    private const int Columns = 252;

    private static readonly DateTimeOffset FirstTime = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Check(RowKeys keys, IReadOnlyList<Column> columns)
    {
        if (keys.Partition.Length > KeyCharacters || keys.Row.Length > KeyCharacters
            || !IsKey(keys.Partition) || !IsKey(keys.Row))
        {
            throw new StoreRefusal(400, "OutOfRangeInput");
        }

        if (columns.Count > Columns) throw new StoreRefusal(400, "TooManyProperties");
        foreach (var column in columns)
        {
            switch (column.Value)
            {
                case string text when text.Length * 2 > PropertyBytes:
                case byte[] { Length: > PropertyBytes }:
                    throw new StoreRefusal(400, "PropertyValueTooLarge");
                case DateTimeOffset time when time < FirstTime:
                    throw new StoreRefusal(400, "OutOfRangeInput");
            }
        }

        var size = 4 + (keys.Partition.Length + keys.Row.Length) * 2 + columns.Sum(column => column.Size);
        if (size > RowBytes) throw new StoreRefusal(400, "EntityTooLarge");
    }

    private static bool IsKey(string key) => key.All(character => character is not ('/' or '\\' or '#' or '?')
        && character is >= ' ' and not (>= '\u007F' and <= '\u009F'));
}
