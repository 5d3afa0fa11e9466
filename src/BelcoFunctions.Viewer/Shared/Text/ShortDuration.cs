using System.Globalization;

namespace BelcoFunctions.Viewer.Shared.Text;

/// <summary>How long something took, like <c>2.4 ms</c> or <c>3 s</c>.</summary>
internal static class ShortDuration
{
    public static string Of(TimeSpan took) => took switch
    {
        { TotalMilliseconds: < 10 } => Write(took.TotalMilliseconds, "0.0", "ms"),
        { TotalSeconds: < 1 } => Write(took.TotalMilliseconds, "0", "ms"),
        { TotalSeconds: < 10 } => Write(took.TotalSeconds, "0.0", "s"),
        _ => Duration.Of(took),
    };

    // The space does not break.
    private static string Write(double number, string format, string unit) =>
        $"{number.ToString(format, CultureInfo.InvariantCulture)}\u00A0{unit}";
}
