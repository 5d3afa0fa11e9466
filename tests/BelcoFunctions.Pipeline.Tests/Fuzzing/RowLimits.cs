using System.Text;
using Azure.Data.Tables;

namespace BelcoFunctions.Pipeline.Tests.Fuzzing;

/// <summary>The documented limits of an entity in Table Storage, which Azurite does not enforce.</summary>
internal static class RowLimits
{
    private const int MaxKeyLength = 512;
    private const int MaxProperties = 252;
    private const int MaxStringLength = 32_767;
    private const int MaxBinaryLength = 64 * 1024;
    private const int MaxEntityBytes = 1024 * 1024;
    private static readonly DateTimeOffset MinTime = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void ShouldHold(TableEntity row)
    {
        foreach (var key in new[] { row.PartitionKey, row.RowKey })
        {
            Assert.InRange(key.Length, 1, MaxKeyLength);
            Assert.DoesNotContain(key, c => c is '/' or '\\' or '#' or '?' || char.IsControl(c));
        }

        Assert.InRange(row.Count, 1, MaxProperties);
        Assert.InRange(Bytes(row), 1, MaxEntityBytes - 1);
    }

    /// <summary>The bytes that the service counts for a row.</summary>
    public static int Bytes(TableEntity row) => 4 + row.Sum(column => 8 + 2 * column.Key.Length + Size(column.Key, column.Value));

    private static int Size(string column, object value)
    {
        switch (value)
        {
            case string text:
                Assert.True(text.Length <= MaxStringLength, $"{column} has {text.Length} characters.");
                Assert.True(IsWellFormed(text), $"{column} has an unpaired surrogate.");
                return 4 + 2 * text.Length;
            case byte[] bytes:
                Assert.True(bytes.Length is > 0 and <= MaxBinaryLength, $"{column} has {bytes.Length} bytes.");
                return 4 + bytes.Length;
            case DateTimeOffset time:
                Assert.True(time >= MinTime, $"{column} is {time:O}.");
                return 8;
            default:
                Assert.True(value is int or bool, $"{column} is of type {value.GetType().Name}.");
                return 4;
        }
    }

    private static bool IsWellFormed(string text)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(text) >= 0;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }
}
