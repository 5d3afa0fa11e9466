using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BelcoFunctions.Pipeline.Queueing;

/// <summary>Message ids, by which a queue detects duplicates. At most 128 characters, the limit of Service Bus. Only the id of a
/// redriven copy has a slash.</summary>
public static class MessageIds
{
    private const int MaxLength = 128;

    // A slash and the longest number.
    private const int MaxSuffixLength = 11;

    /// <summary>The id of an event about an item. The request id alone may be shared by the events of one bulk action.</summary>
    public static string OfItem(string requestId, string itemId)
    {
        var id = $"{requestId}.{itemId}";
        return id.Length <= MaxLength && IsPlain(requestId) && IsPlain(itemId)
            ? id : Hash(Encoding.UTF8.GetBytes($"{requestId.Length}.{id}"));
    }

    /// <summary>The id of an event without a known item: the hash of its bytes.</summary>
    public static string OfBody(ReadOnlySpan<byte> body) => Hash(body);

    /// <summary>The id of a dead letter's copy: <c>original/1</c>, then <c>original/2</c>, and so on. With the same id, the
    /// queue would drop the copy as a duplicate. If a redrive fails half-way and sends a copy twice, both have the same id,
    /// and the queue drops the second.</summary>
    public static string OfCopy(string messageId)
    {
        var slash = messageId.LastIndexOf('/');
        var isCopy = int.TryParse(messageId.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && slash > 0 && number is > 0 and < int.MaxValue;
        var original = isCopy ? messageId[..slash] : messageId;
        if (original.Length + MaxSuffixLength > MaxLength) original = Hash(Encoding.UTF8.GetBytes(original));
        return $"{original}/{(isCopy ? number + 1 : 1)}";
    }

    // If ids had these separators in them, two pairs of ids could give the same message id.
    private static bool IsPlain(string id) => id.AsSpan().IndexOfAny('.', '/') < 0;

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexString(SHA256.HashData(bytes));
}
