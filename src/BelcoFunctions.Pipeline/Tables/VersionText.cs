using System.Globalization;
using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>Versions and positions as text in a column: their parts, separated by spaces, with escaped ids.</summary>
internal static class VersionText
{
    public static string Write(RegisterVersion version) => string.Join(' ',
        EventTime.ToText(version.AsOf), Write(version.Source), EventTime.ToText(version.EventDate),
        TableKeys.EscapeInFull(version.RequestId), TableKeys.EscapeInFull(version.ItemId), version.Kind);

    /// <summary>Null if there is no version or it is damaged. Then any event wins, and a rebuild repairs the row.</summary>
    public static RegisterVersion? ReadVersion(string? text)
    {
        if (text?.Split(' ')
            is not [var asOf, var source, var date, var requestId, var itemId, var kind]) return null;
        if (!TryReadTime(asOf, out var time) || !TryReadTime(date, out var eventDate)) return null;
        return RegisterVersion.From(
            time, ReadSource(source), eventDate, TableKeys.Unescape(requestId), TableKeys.Unescape(itemId), kind);
    }

    public static string Write(ItemPosition position) => string.Join(' ',
        EventTime.ToText(position.CreatedAt), TableKeys.EscapeInFull(position.ItemId),
        EventTime.ToText(position.EventDate), TableKeys.EscapeInFull(position.RequestId), position.Kind);

    /// <inheritdoc cref="ReadVersion"/>
    public static ItemPosition? ReadPosition(string? text) =>
        text?.Split(' ') is [var createdAt, var itemId, var date, var requestId, var kind]
        && TryReadTime(createdAt, out var time) && TryReadTime(date, out var eventDate)
            ? new ItemPosition(time, TableKeys.Unescape(itemId), eventDate, TableKeys.Unescape(requestId), kind)
            : null;

    public static string Write(RegisterSource source) => source is RegisterSource.Event ? "event" : "snapshot";

    public static RegisterSource ReadSource(string? text) =>
        text == Write(RegisterSource.Event) ? RegisterSource.Event : RegisterSource.Snapshot;

    private static bool TryReadTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
}
