using System.Globalization;
using System.Text.Json;

namespace BelcoFunctions.Pipeline.Events;

/// <summary>Times as Belco writes them: ISO 8601 with an explicit offset, kept in UTC to the millisecond.</summary>
public static class EventTime
{
    private const string Format = "yyyy-MM-ddTHH:mm:ss.fffZ";

    // Table Storage keeps no date before 1601, and the end of 9999 leaves no room for a register's version.
    private const int FirstYear = 1601;
    private const int LastYear = 9998;

    public static string ToText(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>Reads the JSON string that a reader has come to. False for a time without offset or before 1601 or after 9998.</summary>
    internal static bool TryParse(ref Utf8JsonReader reader, out DateTimeOffset time)
    {
        time = default;
        if (!JsonText.TryUnescape(reader.ValueSpan, out var text) || !reader.TryGetDateTimeOffset(out var parsed)) return false;
        // Without an offset the JSON reader takes a time for local: another moment on every machine.
        if (!text["yyyy-MM-dd".Length..].ContainsAny((byte)'Z', (byte)'+', (byte)'-')) return false;
        var utc = parsed.UtcDateTime;
        if (utc.Year is < FirstYear or > LastYear) return false;
        time = new DateTimeOffset(utc.Ticks - utc.Ticks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
        return true;
    }
}
