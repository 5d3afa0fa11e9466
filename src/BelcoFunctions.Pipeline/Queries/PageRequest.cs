using System.Buffers.Text;
using System.Text;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>The page of a list to read: the number of rows, and the range of their keys.</summary>
public sealed record PageRequest
{
    /// <summary>The most rows that a page may have.</summary>
    public const int MaxTop = 500;

    private PageRequest(int top, KeyRange keys) => (Top, Keys) = (top, keys);

    internal int Top { get; }

    internal KeyRange Keys { get; private init; }

    /// <summary>True if no token was given.</summary>
    internal bool IsFirst { get; private init; }

    /// <summary>The same page of a shop's conversations, without those that the dates of a filter exclude.</summary>
    internal PageRequest Within(ConversationFilter filter) => this with
    {
        Keys = new KeyRange(
            filter.Until is { } until ? Later(Keys.After, TableKeys.RecentLimit(until)) : Keys.After,
            filter.Since is { } since ? TableKeys.RecentLimit(since) : Keys.Before),
    };

    /// <summary>The same page of a conversation's timeline, without what is erased. An unfinished erasure leaves such rows for
    /// some time.</summary>
    internal PageRequest After(DateTimeOffset? erasedThrough, string conversationId) => this with
    {
        Keys = Keys with { After = Later(Keys.After, TableKeys.TimelineAfter(conversationId, erasedThrough).After) },
    };

    /// <summary>A page of a shop's conversations; null if the token is not one of such a list.</summary>
    /// <param name="top">The number of rows, from 1 to <see cref="MaxTop"/>.</param>
    /// <param name="continuationToken">The token that the previous page returned; null for the first page.</param>
    public static PageRequest? OfConversations(int top, string? continuationToken) =>
        Create(TableKeys.RecentPrefix, top, continuationToken);

    /// <summary>A page of a conversation's timeline; null if the token is not one of this timeline.</summary>
    /// <inheritdoc cref="OfConversations" path="/param"/>
    /// <param name="conversationId">The conversation.</param>
    public static PageRequest? OfTimeline(string conversationId, int top, string? continuationToken) =>
        Create(TableKeys.TimelinePrefix(conversationId), top, continuationToken);

    private static PageRequest? Create(string keyPrefix, int top, string? continuationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(top, Math.Clamp(top, 1, MaxTop));
        var all = KeyRange.From(keyPrefix);
        if (continuationToken is null) return new PageRequest(top, all) { IsFirst = true };
        return ReadToken(continuationToken) is { } after && all.Contains(after)
            ? new PageRequest(top, all with { After = after }) : null;
    }

    internal static string ToToken(string rowKey) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(rowKey));

    private static string Later(string key, string other) => string.CompareOrdinal(key, other) > 0 ? key : other;

    private static string? ReadToken(string token)
    {
        if (token.Length > 2 * TableLimits.KeyLength || !Base64Url.IsValid(token)) return null;
        var key = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
        // Our keys have only these characters. The service would refuse some others.
        return key.Length <= TableLimits.KeyLength && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '~' or '-')
            ? key : null;
    }
}
