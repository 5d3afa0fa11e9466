using System.Globalization;
using System.Text;

namespace BelcoFunctions.Viewer.Charts;

/// <summary>A line, which has a gap where there is no value.</summary>
/// <param name="Tone">Its colour.</param>
/// <param name="Path">The line, as SVG writes it.</param>
internal readonly record struct Line(ChartTone Tone, string Path)
{
    public static Line Of(ChartTone tone, IEnumerable<(double X, double Y)?> points)
    {
        var path = new StringBuilder();
        (double X, double Y)? before = null;
        var isAlone = false;
        foreach (var point in points.Append(null))
        {
            if (point is { } next)
            {
                Add(path, before is null ? 'M' : 'L', next);
                isAlone = before is null;
            }
            else if (isAlone && before is { } alone)
            {
                // A point between gaps: a line of no length, which its round ends make visible.
                Add(path, 'L', alone);
                isAlone = false;
            }

            before = point;
        }

        return new Line(tone, path.ToString());
    }

    private static void Add(StringBuilder path, char command, (double X, double Y) point) =>
        path.Append(CultureInfo.InvariantCulture, $"{command}{point.X} {point.Y}");
}
