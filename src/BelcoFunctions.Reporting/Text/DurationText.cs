using System.Globalization;

namespace BelcoFunctions.Reporting.Text;

/// <summary>Writes a length of time in its two largest units, like <c>2 h 5 min</c>.</summary>
public static class DurationText
{
    private const int LongDays = 100;

    public static string Format(TimeSpan length) => length switch
    {
        { TotalSeconds: < 1 } => "0 s",
        { TotalMinutes: < 1 } => Units((length.Seconds, "s")),
        { TotalHours: < 1 } => Units((length.Minutes, "min"), (length.Seconds, "s")),
        { TotalDays: < 1 } => Units((length.Hours, "h"), (length.Minutes, "min")),
        { TotalDays: < LongDays } => Units((length.Days, "d"), (length.Hours, "h")),
        _ => Units((length.Days, "d")),
    };

    private static string Units(params (int Number, string Unit)[] units) => string.Join(' ', units
        .Where(unit => unit.Number > 0)
        // The space does not break.
        .Select(unit => string.Create(CultureInfo.InvariantCulture, $"{unit.Number:N0}\u00A0{unit.Unit}")));
}
