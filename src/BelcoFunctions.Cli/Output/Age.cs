using System.Globalization;

namespace BelcoFunctions.Cli.Output;

/// <summary>How long ago something was, in one unit, like <c>5 min</c>.</summary>
internal static class Age
{
    public static string Of(DateTimeOffset time, DateTimeOffset now)
    {
        var age = now - time;
        var (number, unit) = age switch
        {
            { TotalDays: >= 2 } => (age.TotalDays, "d"),
            { TotalHours: >= 2 } => (age.TotalHours, "h"),
            { TotalMinutes: >= 2 } => (age.TotalMinutes, "min"),
            _ => (Math.Max(0, age.TotalSeconds), "s"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(number)} {unit}");
    }
}
