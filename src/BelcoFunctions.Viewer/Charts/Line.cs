using System.Globalization;
using System.Text;

namespace BelcoFunctions.Viewer.Charts;

/// <summary>A line, which has a gap where there is no value. Both are as SVG writes them.</summary>
/// <param name="Tone">Its colour.</param>
/// <param name="Path">The line.</param>
/// <param name="Dots">The points between two gaps: a line through one point would not be seen.</param>
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

            // The round ends of a line of no length are the dot.
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
