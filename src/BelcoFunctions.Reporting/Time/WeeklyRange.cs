using NodaTime;

namespace BelcoFunctions.Reporting.Time;

/// <summary>A time of a day of the week, like Monday 09:00 to 17:00.</summary>
/// <param name="Day">The day.</param>
/// <param name="From">The first minute of the day, counted from midnight.</param>
/// <param name="Until">The minute after the last; 1,440 at the end of the day.</param>
public readonly record struct WeeklyRange(IsoDayOfWeek Day, int From, int Until)
{
    public const int MinutesOfDay = 1_440;

    private const int MinutesOfHour = 60;
    private const int ShortName = 3;

    /// <summary>The same hours on several days.</summary>
    internal string ToString(IsoDayOfWeek last) => $"{Name(Day)}{(last == Day ? "" : $"-{Name(last)}")} {Hours}";

    /// <summary>Like <c>09:00-17:00</c>.</summary>
    internal string Hours => $"{Write(From)}-{Write(Until)}";

    private static string Name(IsoDayOfWeek day) => day.ToString()[..ShortName].ToLowerInvariant();

    private static string Write(int minutes) => $"{minutes / MinutesOfHour:00}:{minutes % MinutesOfHour:00}";
}
