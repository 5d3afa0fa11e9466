using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace BelcoFunctions.Reporting.Time;

/// <summary>Reads a date or a time that somebody typed. A date means its first moment in the time zone. A time without an
/// offset is a time on that zone's clock.</summary>
public static class TimeText
{
    // The rows allow only times after 1601 and before 9999.
    private const int FirstYear = 1602;
    private const int LastYear = 9_998;
    private const string Example = "Give a date like 2026-11-01, or a time like 2026-11-01T09:00 or 2026-11-01T09:00Z.";

    private static readonly IPattern<LocalDateTime>[] LocalTimes =
    [
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm"), LocalDateTimePattern.ExtendedIso,
    ];

    private static readonly IPattern<OffsetDateTime>[] OffsetTimes =
    [
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mmo<Z+HH:mm>"), OffsetDateTimePattern.ExtendedIso,
    ];

    /// <summary>The moment, or a sentence that says what is wrong with the text.</summary>
    /// <param name="name">The name of the text in the sentence, like <c>--since</c>.</param>
    /// <param name="text">What was typed.</param>
    /// <param name="zone">The time zone of a time without an offset.</param>
    public static (DateTimeOffset? Time, string? Error) Read(string name, string text, DateTimeZone zone)
    {
        if (Parse(text) is not { } parsed) return (null, $"{name} is \"{text}\". {Example}");
        if (parsed.Local.Year is < FirstYear or > LastYear)
            return (null, $"{name} is \"{text}\". Give a time from {FirstYear} to {LastYear}.");
        // If the clock skips this time, such as a midnight, the lenient resolver returns a later one.
        var instant = parsed.Offset is { } offset ? parsed.Local.WithOffset(offset).ToInstant()
            : zone.ResolveLocal(parsed.Local, Resolvers.LenientResolver).ToInstant();
        return (instant.ToDateTimeOffset(), null);
    }

    private static (LocalDateTime Local, Offset? Offset)? Parse(string text)
    {
        if (LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var date }) return (date.AtMidnight(), null);
        foreach (var pattern in LocalTimes)
        {
            if (pattern.Parse(text) is { Success: true, Value: var local }) return (local, null);
        }

        foreach (var pattern in OffsetTimes)
        {
            if (pattern.Parse(text) is { Success: true, Value: var time }) return (time.LocalDateTime, time.Offset);
        }

        return null;
    }
}
