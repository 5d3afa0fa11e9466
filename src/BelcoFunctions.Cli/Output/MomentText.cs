using System.Globalization;

namespace BelcoFunctions.Cli.Output;

/// <summary>Writes a moment for people, in UTC. The text around it must name the time zone.</summary>
internal static class MomentText
{
    /// <summary>Like <c>2025-06-11 09:15:05</c>; a dash for no moment.</summary>
    public static string Format(DateTimeOffset? time) =>
        time is { } known ? known.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : "–";
}
