using System.Buffers.Text;
using System.Globalization;
using System.Text;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>The page of a list to read: the number of rows, and the keys that they may have.</summary>
public sealed record PageRequest
{
    private const int DefaultTop = 50;
    private const int MaxTop = 500;

    internal PageRequest(int top, KeyRange keys) => (Top, Keys) = (top, keys);

    internal int Top { get; }

    internal KeyRange Keys { get; }

    /// <summary>A page of a shop's conversations, or a sentence that says what is wrong with the request.</summary>
    /// <param name="top">The number of rows, from 1 to 500; null for 50.</param>
    /// <param name="continuationToken">From the page before; null for the first page.</param>
    public static (PageRequest? Page, string? Mistake) OfConversations(string? top, string? continuationToken) =>
        Parse(top, continuationToken, TableKeys.RecentPrefix);

    /// <summary>A page of a conversation's timeline, or a sentence that says what is wrong with the request.</summary>
    /// <inheritdoc cref="OfConversations" path="/param"/>
    /// <param name="conversationId">The conversation.</param>
    public static (PageRequest? Page, string? Mistake) OfTimeline(
        string conversationId, string? top, string? continuationToken) =>
        Parse(top, continuationToken, TableKeys.TimelinePrefix(conversationId));

    private static (PageRequest? Page, string? Mistake) Parse(string? top, string? continuationToken, string keyPrefix)
    {
        var rows = DefaultTop;
        if (top is not null
            && (!int.TryParse(top, NumberStyles.None, CultureInfo.InvariantCulture, out rows) || rows is < 1 or > MaxTop))
        {
            return (null, $"top is not a whole number from 1 to {MaxTop}.");
        }

        var all = KeyRange.From(keyPrefix);
        if (continuationToken is null) return (new PageRequest(rows, all), null);
        return ReadToken(continuationToken) is { } after && all.Contains(after)
            ? (new PageRequest(rows, all with { After = after }), null)
            : (null, "continuationToken does not belong to this list; use the one in the previous answer, or none.");
    }

    internal static string ToToken(string rowKey) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(rowKey));

    private static string? ReadToken(string token)
    {
        if (token.Length > 2 * TableLimits.KeyLength || !Base64Url.IsValid(token)) return null;
        var key = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
        // Our keys have no other characters. The service would refuse some.
        return key.Length <= TableLimits.KeyLength && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '~' or '-')
            ? key : null;
    }
}
