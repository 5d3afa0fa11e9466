using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BelcoFunctions.Pipeline.Queueing;

/// <summary>The ids by which a queue tells a message that it has had already, and drops it. At most 128 characters, which is what
/// Service Bus takes. Only a redriven copy's has a slash.</summary>
public static class MessageIds
{
    private const int MaxLength = 128;

    // A slash and the longest number.
    private const int MaxSuffixLength = 11;

    /// <summary>Of an event about an item. A request id alone might be shared by the events of one bulk action.</summary>
    public static string OfItem(string requestId, string itemId)
    {
        var id = $"{requestId}.{itemId}";
        return id.Length <= MaxLength && IsPlain(requestId) && IsPlain(itemId) ? id : Hash(Encoding.UTF8.GetBytes($"{requestId.Length}.{id}"));
    }

    /// <summary>Of an event without a known item: it goes by its bytes.</summary>
    public static string OfBody(ReadOnlySpan<byte> body) => Hash(body);

    /// <summary>Of the copy by which a dead letter is redriven: <c>original/1</c>, then <c>original/2</c> … The queue would drop a
    /// copy under the id that it knows; and it drops a second copy under the same new one, which a redrive that failed half-way
    /// may send.</summary>
    public static string OfCopy(string messageId)
    {
        var slash = messageId.LastIndexOf('/');
        var isCopy = int.TryParse(messageId.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && slash > 0 && number is > 0 and < int.MaxValue;
        var original = isCopy ? messageId[..slash] : messageId;
        if (original.Length + MaxSuffixLength > MaxLength) original = Hash(Encoding.UTF8.GetBytes(original));
        return $"{original}/{(isCopy ? number + 1 : 1)}";
    }

    // With the separators in them, two pairs of ids could read the same.
    private static bool IsPlain(string id) => id.AsSpan().IndexOfAny('.', '/') < 0;

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexString(SHA256.HashData(bytes));
}
