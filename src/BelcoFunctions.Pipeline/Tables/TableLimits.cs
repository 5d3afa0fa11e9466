namespace BelcoFunctions.Pipeline.Tables;

/// <summary>The documented limits of Table Storage, or lower ones. Our code enforces them, because Azurite does not.</summary>
internal static class TableLimits
{
    /// <summary>Characters of a string property; the service takes 32,768 UTF-16 units.</summary>
    public const int StringLength = 32_000;

    /// <summary>Characters of a long text, in several properties together.</summary>
    public const int TextLength = 100_000;

    /// <summary>Bytes of a binary property.</summary>
    public const int BinaryLength = 64 * 1024;

    /// <summary>Bytes of a row, its texts counted as UTF-16.</summary>
    public const int RowBytes = 1024 * 1024;

    /// <summary>Rows of an entity-group transaction.</summary>
    public const int TransactionRows = 100;

    /// <summary>Bytes of a transaction as serialized; the service takes 4 MiB.</summary>
    public const int TransactionBytes = 3_500 * 1024;

    /// <summary>Characters of a row or partition key.</summary>
    public const int KeyLength = 512;
}
