using System.Globalization;
using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>Versions and positions as text in a column: their parts, separated by spaces, with escaped ids.</summary>
internal static class VersionText
{
    public static string Write(RegisterVersion version) => string.Join(' ',
        Events.EventTime.ToText(version.AsOf), SourceName(version.Source), Events.EventTime.ToText(version.EventDate),
        TableKeys.EscapeInFull(version.RequestId), TableKeys.EscapeInFull(version.ItemId));

    /// <summary>Null if there is no version or it is damaged. Then any event wins, and a rebuild repairs the row.</summary>
    public static RegisterVersion? ReadVersion(string? text)
    {
        if (text?.Split(' ') is not [var asOf, var source, var date, var requestId, var itemId]) return null;
        if (!TryReadTime(asOf, out var time) || !TryReadTime(date, out var eventDate)) return null;
        var isEvent = source == SourceName(RegisterSource.Event);
        return new RegisterVersion(
            isEvent ? time + RegisterVersion.SnapshotLag : time, isEvent ? RegisterSource.Event : RegisterSource.Snapshot,
            eventDate, TableKeys.Unescape(requestId), TableKeys.Unescape(itemId));
    }

    public static string Write(ItemPosition position) => string.Join(' ',
        Events.EventTime.ToText(position.CreatedAt), TableKeys.EscapeInFull(position.ItemId),
        Events.EventTime.ToText(position.EventDate), TableKeys.EscapeInFull(position.RequestId));

    /// <inheritdoc cref="ReadVersion"/>
    public static ItemPosition? ReadPosition(string? text) =>
        text?.Split(' ') is [var createdAt, var itemId, var date, var requestId]
        && TryReadTime(createdAt, out var time) && TryReadTime(date, out var eventDate)
            ? new ItemPosition(time, TableKeys.Unescape(itemId), eventDate, TableKeys.Unescape(requestId))
            : null;

    public static string SourceName(RegisterSource source) => source is RegisterSource.Event ? "event" : "snapshot";

    private static bool TryReadTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
}
