using System.Globalization;
using System.Text;

namespace BelcoFunctions.Viewer.Charts;

/// <summary>A line with gaps where values are missing. The texts are SVG paths.</summary>
/// <param name="Tone">Its colour.</param>
/// <param name="Path">The line.</param>
/// <param name="Dots">The points that have a gap on both sides: a line through a single point would be invisible.</param>
internal readonly record struct Line(ChartTone Tone, string Path, string Dots)
{
    public static Line From(ChartTone tone, IEnumerable<(double X, double Y)?> points)
    {
        var (path, dots) = (new StringBuilder(), new StringBuilder());
        List<(double X, double Y)> run = [];
        foreach (var point in points.Append(null))
        {
            if (point is { } next)
            {
                run.Add(next);
                continue;
            }

            // A line of length zero is drawn as a dot, because its ends are round.
            var target = run.Count == 1 ? dots : path;
            if (run is [var alone]) run.Add(alone);
            foreach (var (index, each) in run.Index()) Add(target, index == 0 ? 'M' : 'L', each);
            run.Clear();
        }

        return new Line(tone, path.ToString(), dots.ToString());
    }

    private static void Add(StringBuilder path, char command, (double X, double Y) point) =>
        path.Append(CultureInfo.InvariantCulture, $"{command}{point.X} {point.Y}");
}
