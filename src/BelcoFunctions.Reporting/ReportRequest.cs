using BelcoFunctions.Reporting.Time;
using NodaTime;
using NodaTime.TimeZones;

namespace BelcoFunctions.Reporting;

/// <summary>What a report is about.</summary>
/// <param name="Since">The first moment of the range.</param>
/// <param name="Until">The moment after the range, its end.</param>
/// <param name="Zone">The time zone of the days, in the range and in its groups.</param>
/// <param name="By">What the figures are divided by.</param>
public sealed record ReportRequest(
    string ShopId, DateTimeOffset Since, DateTimeOffset Until, DateTimeZone Zone, GroupBy By)
{
    /// <summary>If set, only open time counts in the length of a response or of a conversation.</summary>
    public OpeningHours? Hours { get; init; }

    /// <summary>True if the end is after today. Then the state at the end is the present state.</summary>
    public bool EndsInFuture { get; init; }

    public bool Contains(DateTimeOffset time) => Since <= time && time < Until;

    /// <summary>How much of the time between two moments counts.</summary>
    public TimeSpan Between(DateTimeOffset start, DateTimeOffset end) => Hours is null ? end - start
        : Hours.Between(Instant.FromDateTimeOffset(start), Instant.FromDateTimeOffset(end)).ToTimeSpan();

    /// <summary>The day of a moment in the report's time zone.</summary>
    public LocalDate DayOf(DateTimeOffset time) => Instant.FromDateTimeOffset(time).InZone(Zone).Date;

    /// <summary>The first moment of a day: midnight, or the first time that the clock shows if it skips midnight.</summary>
    public static ZonedDateTime StartOfDay(LocalDate day, DateTimeZone zone) =>
        zone.ResolveLocal(day.AtMidnight(), Resolvers.LenientResolver);

    /// <summary>All days that are at least partly in the range. A day that the clock skips is left out.</summary>
    public IEnumerable<LocalDate> Days()
    {
        var last = DayOf(Until.AddTicks(-1));
        for (var day = DayOf(Since); day <= last; day = day.PlusDays(1))
        {
            if (StartOfDay(day, Zone).Date == day) yield return day;
        }
    }
}

/// <summary>What figures are divided by.</summary>
public enum GroupBy { Agent, Day, Channel }
