using System.Globalization;
using BelcoFunctions.Reporting.Text;

namespace BelcoFunctions.Viewer.Live;

/// <summary>Writes how long something took, like <c>2.4 ms</c> or <c>3 s</c>.</summary>
internal static class ShortDuration
{
    public static string Format(TimeSpan took) => took switch
    {
        { TotalMilliseconds: < 10 } => Write(took.TotalMilliseconds, "0.0", "ms"),
        { TotalSeconds: < 1 } => Write(took.TotalMilliseconds, "0", "ms"),
        { TotalSeconds: < 10 } => Write(took.TotalSeconds, "0.0", "s"),
        _ => DurationText.Format(took),
    };

    // The space does not break.
    private static string Write(double number, string format, string unit) =>
        $"{number.ToString(format, CultureInfo.InvariantCulture)}\u00A0{unit}";
}
