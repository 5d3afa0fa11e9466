using System.Globalization;
using System.Text.Json;

namespace BelcoFunctions.Pipeline.Events;

/// <summary>Times as Belco writes them: ISO 8601 with an explicit offset, converted to UTC and truncated to the
/// millisecond.</summary>
public static class EventTime
{
    /// <summary>How far an event may be ahead of the receiver's clock. An event from the far future would win every register
    /// forever.</summary>
    public static readonly TimeSpan MaxAhead = TimeSpan.FromHours(24);

    private const string Format = "yyyy-MM-ddTHH:mm:ss.fffZ";

    // Table Storage has no dates before 1601. A register's version adds seconds to a time, so the end of 9999 is too late.
    private const int FirstYear = 1601;
    private const int LastYear = 9998;

    public static string ToText(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>The time in UTC, truncated to the millisecond.</summary>
    public static DateTimeOffset ToMillisecond(DateTimeOffset time) =>
        new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);

    /// <summary>Whether a time is at most <see cref="MaxAhead"/> ahead of the moment of receipt.</summary>
    public static bool IsBelievable(DateTimeOffset time, DateTimeOffset receivedAt) => time - receivedAt <= MaxAhead;

    /// <summary>Reads the JSON string at the reader's position. False if the time has no offset or is not in the years 1601 to
    /// 9998.</summary>
    internal static bool TryParse(ref Utf8JsonReader reader, out DateTimeOffset time)
    {
        time = default;
        if (!JsonText.TryUnescape(reader.ValueSpan, out var text) || !reader.TryGetDateTimeOffset(out var parsed)) return false;
        // Without an offset the JSON reader would use the machine's time zone.
        if (!text["yyyy-MM-dd".Length..].ContainsAny((byte)'Z', (byte)'+', (byte)'-')) return false;
        if (parsed.UtcDateTime.Year is < FirstYear or > LastYear) return false;
        time = ToMillisecond(parsed);
        return true;
    }
}
