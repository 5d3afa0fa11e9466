using System.Globalization;
using BelcoFunctions.Pipeline.Events;
using Microsoft.Extensions.Primitives;

namespace BelcoFunctions.Viewer.Shared.Repair;

/// <summary>The parameters and form fields of the pages that repair.</summary>
internal static class RepairFields
{
    public const string Run = "run";
    public const string Limit = "limit";
    public const string Through = "through";
    public const string Reason = "reason";

    public static Guid? RunOf(StringValues value) => Guid.TryParseExact(value, "N", out var run) ? run : null;

    /// <summary>Reads the limit that a user gives; null if none is given.</summary>
    /// <returns>False if it is not a number in the range.</returns>
    public static bool TryReadLimit(StringValues value, int greatest, out int? limit)
    {
        limit = null;
        if (StringValues.IsNullOrEmpty(value)) return true;
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number < 1 || number > greatest)
        {
            return false;
        }

        limit = number;
        return true;
    }

    public static string? ToText(DateTimeOffset time) => time == DateTimeOffset.MaxValue ? null : EventTime.ToText(time);
}
