using Bogus;

namespace BelcoFunctions.Generator.Time;

/// <summary>When customers write: mostly in the daytime and in the evening, most on Mondays, seldom at night.</summary>
internal static class Arrivals
{
    private static readonly int[] ByHour =
        [2, 1, 1, 1, 1, 2, 5, 12, 30, 60, 80, 80, 70, 70, 75, 75, 70, 50, 40, 60, 75, 65, 35, 12];

    // The first number is for Sunday.
    private static readonly int[] ByDay = [70, 140, 110, 100, 100, 90, 70];

    /// <summary>Random times in the days before the end, in order.</summary>
    public static IEnumerable<DateTimeOffset> Before(DateTimeOffset end, int days, int count, Randomizer random)
    {
        var start = end.AddDays(-days);
        var hours = Enumerable.Range(0, days * 24).Select(hour => start.AddHours(hour)).ToArray();
        var total = hours.Sum(Weight);
        var places = Enumerable.Range(0, count).Select(_ => random.Double() * total).Order().ToArray();
        var (next, passed) = (0, 0L);
        foreach (var hour in hours)
        {
            var weight = Weight(hour);
            for (; next < count && places[next] < passed + weight; next++)
            {
                var milliseconds = (int)((places[next] - passed) / weight * TimeSpan.MillisecondsPerHour);
                yield return hour.AddMilliseconds(milliseconds);
            }

            passed += weight;
        }
    }

    /// <summary>The time itself, or the next morning when it is at night.</summary>
    public static DateTimeOffset Awake(DateTimeOffset time, Randomizer random)
    {
        var local = AmsterdamTime.ToLocal(time);
        return local.Hour is >= 7 and < 23
            ? time
            : AmsterdamTime.FromLocal(local.AddHours(1).Date.AddHours(7)).AddMilliseconds(random.Int(0, 3 * 3_600_000));
    }

    private static long Weight(DateTimeOffset hour) =>
        AmsterdamTime.ToLocal(hour) is var local ? ByHour[local.Hour] * ByDay[(int)local.DayOfWeek] : 0;
}
