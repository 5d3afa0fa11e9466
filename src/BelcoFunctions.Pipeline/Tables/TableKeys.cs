using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>The keys of the rows. Ids in them are untrusted: they are escaped so that distinct ids give distinct keys, and none
/// is a prefix of another.</summary>
internal static class TableKeys
{
    public const string ConversationPrefix = "conversation_";
    public const string RecentPrefix = "recent_";
    public const string CustomerPrefix = "customer_";
    public const string TimelinesPrefix = "timeline_";
    public const string ReadingPrefix = "reading_";
    public const string ListedPrefix = "listed_";
    public const string NamesPrefix = "name_";

    /// <summary>The mark of a shop's imports.</summary>
    public const string Import = "import";

    private const int MaxEscapedLength = 150;

    /// <summary>Escapes an id for a key. <c>A–Z a–z 0–9 -</c> stay, any other UTF-8 byte becomes <c>~XX</c>. If the result is too
    /// long, it becomes a hash.</summary>
    public static string Escape(string id)
    {
        var escaped = EscapeInFull(id);
        // After ~, an escaped byte has two digits or upper-case letters, so only a hash begins with ~h.
        return escaped.Length <= MaxEscapedLength
            ? escaped : "~h" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
    }

    /// <summary>Escapes an id like <see cref="Escape"/>, but without a limit of length. <see cref="Unescape"/> returns the
    /// id.</summary>
    public static string EscapeInFull(string id) => Uri.EscapeDataString(id)
        .Replace("~", "%7E", StringComparison.Ordinal)
        .Replace("_", "%5F", StringComparison.Ordinal)
        .Replace(".", "%2E", StringComparison.Ordinal)
        .Replace('%', '~');

    public static string Unescape(string escaped) => Uri.UnescapeDataString(escaped.Replace('~', '%'));

    public static string Conversation(string conversationId) => ConversationPrefix + Escape(conversationId);

    public static string Reading(string conversationId) => ReadingPrefix + Escape(conversationId);

    public static string Listed(string conversationId) => ListedPrefix + Escape(conversationId);

    /// <summary>The key has a hash, because the row stays after the customer was erased, and must not show who the customer
    /// was.</summary>
    public static string Customer(string customerId) =>
        CustomerPrefix + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(customerId)));

    /// <summary>A contact's key shows the customer's id: erasing the customer deletes the row.</summary>
    public static string Name(NameKind kind, string id) => NamePrefix(kind) + Escape(id);

    public static string NamePrefix(NameKind kind) => $"{NamesPrefix}{NameRow.ToText(kind)}_";

    /// <summary>Sorts a conversation's rows by time.</summary>
    public static string Timeline(ItemIdentity item) =>
        $"{TimelineMoment(item.ConversationId, item.CreatedAt)}_{Escape(item.ItemId)}_{Escape(item.Kind)}";

    public static string TimelinePrefix(string conversationId) => $"{TimelinesPrefix}{Escape(conversationId)}_";

    /// <summary>The rows of a conversation up to a moment, including that moment.</summary>
    public static KeyRange TimelineThrough(string conversationId, DateTimeOffset through) =>
        new(TimelinePrefix(conversationId), KeyRange.From(TimelineMoment(conversationId, through) + "_").Before);

    /// <summary>The rows of a conversation after a moment; all of them if the moment is null.</summary>
    public static KeyRange TimelineAfter(string conversationId, DateTimeOffset? moment)
    {
        var all = KeyRange.From(TimelinePrefix(conversationId));
        return moment is { } through ? all with { After = TimelineThrough(conversationId, through).Before } : all;
    }

    /// <summary>Sorts a shop's conversations by their last item, newest first: the key has the ticks until the end of 9999, in 19
    /// digits.</summary>
    public static string Recent(DateTimeOffset lastItemAt, string conversationId) =>
        $"{RecentMoment(lastItemAt)}_{Escape(conversationId)}";

    /// <summary>The rows of conversations whose last item is at a moment or later.</summary>
    public static KeyRange RecentSince(DateTimeOffset moment) =>
        new(RecentPrefix, KeyRange.From(RecentMoment(moment) + "_").Before);

    private static string RecentMoment(DateTimeOffset lastItemAt)
    {
        var ticksLeft = DateTime.MaxValue.Ticks - lastItemAt.UtcTicks;
        return RecentPrefix + ticksLeft.ToString("D19", CultureInfo.InvariantCulture);
    }

    private static string TimelineMoment(string conversationId, DateTimeOffset createdAt) =>
        TimelinePrefix(conversationId) + createdAt.UtcDateTime.ToString("yyyyMMddTHHmmssfffZ", CultureInfo.InvariantCulture);
}
