using System.Buffers;
using Azure.Data.Tables;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>The most bytes that a row can take in a transaction's request.</summary>
internal static class SerializedSize
{
    // The headers, the URL and the punctuation of one action in the request, with the longest keys.
    private const int ActionOverhead = 3_000;
    private const int PropertyOverhead = 64;
    private const int EscapedCharacter = 6;
    private const int NumberOrTime = 40;

    private static readonly SearchValues<char> Unescaped =
        SearchValues.Create(" !#$%()*,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~");

    public static int Count(TableEntity row)
    {
        var size = ActionOverhead;
        foreach (var (name, value) in row) size += PropertyOverhead + name.Length + Count(value);
        return size;
    }

    private static int Count(object value) => value switch
    {
        string text => CountText(text),
        byte[] bytes => (bytes.Length + 2) / 3 * 4,
        _ => NumberOrTime,
    };

    // The SDK escapes each UTF-16 unit that is not plain ASCII as \uXXXX.
    private static int CountText(ReadOnlySpan<char> text)
    {
        var size = text.Length;
        while (text.IndexOfAnyExcept(Unescaped) is >= 0 and var index)
        {
            size += EscapedCharacter - 1;
            text = text[(index + 1)..];
        }

        return size;
    }
}
