namespace BelcoFunctions.Viewer.Charts;

/// <summary>The positions of a chart's parts. The plot is always <see cref="Width"/> wide, and the browser stretches it to
/// the window.</summary>
internal sealed record ChartLayout(
    IReadOnlyList<YTick> YTicks, IReadOnlyList<XTick> XTicks, IReadOnlyList<Bar> Bars, IReadOnlyList<Line> Lines)
{
    public const double Width = 1_000;
    public const double Height = 160;

    // The gap between bars, as a share of a category's width.
    private const double Gap = 0.22;

    // A value that is not zero must be visible.
    private const double LeastHeight = 2;

    public static ChartLayout From(Chart chart)
    {
        var scale = AxisScale.From(Greatest(chart), chart.Unit);
        return new ChartLayout(
            [.. scale.Ticks().Select(value => new YTick(Y(value), value))],
            [.. XTick.Place(chart.Categories.Index().Where(each => each.Item.Tick is not null)
                .Select(each => (Round(100 * Center(each.Index) / Width), each.Item.Tick!)))],
            chart.Kind is ChartKind.StackedBars ? [.. Stack()] : [],
            chart.Kind is ChartKind.Lines ? [.. chart.Series.Select(series => Line.From(series.Tone, Points(series)))] : []);

        double Y(double value) => Round(Height * (1 - value / scale.Max));

        double Center(int index) => Width * (index + 0.5) / chart.Categories.Count;

        IEnumerable<(double X, double Y)?> Points(ChartSeries series) => series.Values.Select((value, index) =>
            value is { } known ? (Round(Center(index)), Y(known)) : ((double, double)?)null);

        IEnumerable<Bar> Stack()
        {
            var slot = Width / chart.Categories.Count;
            foreach (var (index, _) in chart.Categories.Index())
            {
                var top = Height;
                foreach (var series in chart.Series.Where(series => series.Values[index] > 0))
                {
                    var height = Math.Min(top, Math.Max(LeastHeight, Height * series.Values[index]!.Value / scale.Max));
                    top -= height;
                    yield return new Bar(
                        Round(slot * (index + Gap / 2)), Round(top), Round(slot * (1 - Gap)), Round(height), series.Tone);
                }
            }
        }
    }

    private static double Greatest(Chart chart) => chart.Kind is ChartKind.StackedBars
        ? Enumerable.Range(0, chart.Categories.Count).Select(index => chart.Series.Sum(series => series.Values[index] ?? 0))
            .DefaultIfEmpty().Max()
        : chart.Series.SelectMany(series => series.Values).Max() ?? 0;

    private static double Round(double number) => Math.Round(number, 2);
}

/// <summary>A number of the vertical axis.</summary>
internal readonly record struct YTick(double Y, double Value);

/// <summary>A part of a bar.</summary>
internal readonly record struct Bar(double X, double Y, double Width, double Height, ChartTone Tone);
