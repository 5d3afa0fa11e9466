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
    private const int MaxSuffixLength = 20;

    /// <summary>The id of an event about an item. The request id alone is not enough: the events of one bulk action may share
    /// it.</summary>
    public static string OfItem(string requestId, string itemId)
    {
        var id = $"{requestId}.{itemId}";
        return id.Length <= MaxLength && IsPlain(requestId) && IsPlain(itemId)
            ? id : Hash(Encoding.UTF8.GetBytes($"{requestId.Length}.{id}"));
    }

    /// <summary>The id of an event without a known item: the hash of its bytes.</summary>
    public static string OfBody(ReadOnlySpan<byte> body) => Hash(body);

    /// <summary>The id of a dead letter's copy: <c>original/17</c>. With the same id, the queue would drop the copy as a
    /// duplicate. If a redrive fails half-way and the copy is sent twice, both have the same id, and the queue drops the
    /// second. Copies of different dead letters have different ids, even if somebody gave the dead letters the same id by
    /// hand.</summary>
    /// <param name="messageId">The dead letter's id.</param>
    /// <param name="sequenceNumber">The dead letter's number, which no other message of its queue has.</param>
    public static string OfCopy(string messageId, long sequenceNumber)
    {
        var slash = messageId.LastIndexOf('/');
        var isCopy = slash > 0 && long.TryParse(
            messageId.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        var original = isCopy ? messageId[..slash] : messageId;
        if (original.Length + MaxSuffixLength > MaxLength) original = Hash(Encoding.UTF8.GetBytes(original));
        return string.Create(CultureInfo.InvariantCulture, $"{original}/{sequenceNumber}");
    }

    // If ids had these separators in them, two pairs of ids could give the same message id.
    private static bool IsPlain(string id) => id.AsSpan().IndexOfAny('.', '/') < 0;

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexString(SHA256.HashData(bytes));
}
