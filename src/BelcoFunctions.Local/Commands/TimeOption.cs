using System.CommandLine;
using System.Globalization;

namespace BelcoFunctions.Local.Commands;

/// <summary>Options whose value is a date or a time.</summary>
internal static class TimeOption
{
    // Tables have no earlier times, and the archive accepts none that are later.
    private const int FirstYear = 1601;
    private const int LastYear = 9998;

    private static readonly string[] Formats =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>A date means its first moment. Without an offset, it is in UTC.</summary>
    public static Option<DateTimeOffset?> Create(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "time",
        CustomParser = result =>
        {
            if (DateTimeOffset.TryParseExact(result.Tokens[0].Value, Formats, CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal, out var time)
                && time.UtcDateTime.Year is >= FirstYear and <= LastYear)
            {
                return time;
            }

            result.AddError($"{name} must be a date or a time, like 2026-05-31 or 2026-05-31T09:00:00Z.");
            return null;
        },
    };
}
