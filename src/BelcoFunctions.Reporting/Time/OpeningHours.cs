using NodaTime;

namespace BelcoFunctions.Reporting.Time;

/// <summary>When somebody is there to answer: times of the week in a time zone. A moment is open if the clock on the wall shows
/// an open time. So an hour that the clock shows twice is open twice, and an hour that it skips is not open at all.</summary>
public sealed class OpeningHours
{
    private const int DaysOfWeek = 7;

    // Any Monday can be the epoch.
    private static readonly LocalDateTime Epoch = new(2024, 1, 1, 0, 0);

    private readonly DateTimeZone zone;
    private readonly (long From, long Until)[][] days;
    private readonly long[] beforeDay = new long[DaysOfWeek + 1];

    /// <param name="zone">The time zone of the opening hours.</param>
    /// <param name="ranges">Ranges that do not overlap.</param>
    public OpeningHours(DateTimeZone zone, IEnumerable<WeeklyRange> ranges)
    {
        this.zone = zone;
        Ranges = [.. ranges.OrderBy(range => range.Day).ThenBy(range => range.From)];
        days = [.. Enumerable.Range(0, DaysOfWeek).Select(day => Ranges.Where(range => (int)range.Day == day + 1)
            .Select(range => (range.From * NodaConstants.TicksPerMinute, range.Until * NodaConstants.TicksPerMinute)).ToArray())];
        for (var day = 0; day < DaysOfWeek; day++)
        {
            beforeDay[day + 1] = beforeDay[day] + days[day].Sum(range => range.Until - range.From);
        }
    }

    /// <summary>The ranges, in the order of the week.</summary>
    public IReadOnlyList<WeeklyRange> Ranges { get; }

    /// <summary>How much of the time between two moments is open. The cost grows with the changes of the clock between them, two
    /// a year, and not with the days.</summary>
    public Duration Between(Instant start, Instant end)
    {
        if (end <= start) return Duration.Zero;
        var open = 0L;
        foreach (var sameOffset in zone.GetZoneIntervals(start, end))
        {
            var from = sameOffset.HasStart && sameOffset.Start > start ? sameOffset.Start : start;
            var until = sameOffset.HasEnd && sameOffset.End < end ? sameOffset.End : end;
            open += OpenBefore(until.WithOffset(sameOffset.WallOffset).LocalDateTime)
                - OpenBefore(from.WithOffset(sameOffset.WallOffset).LocalDateTime);
        }

        return Duration.FromTicks(open);
    }

    /// <summary>As it is written in a command: a part for each range of days with the same hours.</summary>
    public override string ToString()
    {
        List<(WeeklyRange First, IsoDayOfWeek Last)> parts = [];
        foreach (var range in Ranges.OrderBy(range => range.From).ThenBy(range => range.Until).ThenBy(range => range.Day))
        {
            if (parts is [.., var (first, last)]
                && first.From == range.From && first.Until == range.Until && last + 1 == range.Day)
            {
                parts[^1] = (first, range.Day);
            }
            else
            {
                parts.Add((range, range.Day));
            }
        }

        return string.Join(", ", parts.OrderBy(part => part.First.Day).Select(part => part.First.ToString(part.Last)));
    }

    // The open ticks, by the clock on the wall, since the epoch; negative before it.
    private long OpenBefore(LocalDateTime time)
    {
        var day = Period.DaysBetween(Epoch.Date, time.Date);
        var (week, dayOfWeek) = Math.DivRem(day, DaysOfWeek);
        if (dayOfWeek < 0) (week, dayOfWeek) = (week - 1, dayOfWeek + DaysOfWeek);
        var tick = time.TickOfDay;
        return week * beforeDay[DaysOfWeek] + beforeDay[dayOfWeek]
            + days[dayOfWeek].Sum(range => Math.Max(0, Math.Min(tick, range.Until) - range.From));
    }
}
