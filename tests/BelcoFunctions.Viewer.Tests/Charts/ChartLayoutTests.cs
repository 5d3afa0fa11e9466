using BelcoFunctions.Viewer.Charts;

namespace BelcoFunctions.Viewer.Tests.Charts;

public sealed class ChartLayoutTests
{
    [Fact]
    public void Bars_are_stacked_on_the_axis()
    {
        var layout = ChartLayout.From(Chart(ChartKind.StackedBars, [3, 0], [1, 2]));

        Assert.Equal(
            [
                (55, 40, 390, 120, ChartTone.Blue), (55, 0, 390, 40, ChartTone.Red), (555, 80, 390, 80, ChartTone.Red),
            ],
            layout.Bars.Select(bar => ((int)bar.X, (int)bar.Y, (int)bar.Width, (int)bar.Height, bar.Tone)));
    }

    [Fact]
    public void A_small_value_beside_a_large_one_is_still_visible()
    {
        var layout = ChartLayout.From(Chart(ChartKind.StackedBars, [1_000_000, 1], [0, 0]));
        Assert.All(layout.Bars, bar => Assert.True(bar.Height >= 2));
    }

    [Fact]
    public void Nothing_leaves_the_plot()
    {
        var random = new Random(7);
        for (var run = 0; run < 500; run++)
        {
            double?[] Values() => [.. Enumerable.Range(0, 60).Select(_ =>
                random.Next(4) == 0 ? (double?)null : Math.Pow(10, random.NextDouble() * 9 - 3))];
            var layout = ChartLayout.From(Chart(ChartKind.StackedBars, Values(), Values()));
            Assert.All(layout.Bars, bar =>
            {
                Assert.InRange(bar.X, 0, ChartLayout.Width - bar.Width);
                Assert.InRange(bar.Y, 0, ChartLayout.Height);
                Assert.InRange(bar.Y + bar.Height, 0, ChartLayout.Height + 0.01);
            });
        }
    }

    [Fact]
    public void A_line_has_gaps_where_there_is_no_value_and_a_point_between_gaps_is_visible()
    {
        var layout = ChartLayout.From(Chart(ChartKind.Lines, [4, 2, null, 4], [null, 1, null, null]));
        Assert.Equal(new Line(ChartTone.Blue, "M125 0L375 80", "M875 0L875 0"), layout.Lines[0]);
        Assert.Equal(new Line(ChartTone.Red, "", "M375 120L375 120"), layout.Lines[1]);
    }

    [Fact]
    public void A_narrow_plot_has_fewer_names_that_fit_and_always_the_last()
    {
        foreach (var count in Enumerable.Range(1, 12))
        {
            foreach (var text in (string[])["6 Nov", "instagram", "customer-se…"])
            {
                var ticks = XTick.Place(Enumerable.Range(0, count)
                    .Select(index => (100 * (index + 0.5) / count, text))).ToList();
                Assert.Equal(0, ticks[^1].LeastWidth);
                foreach (var width in XTick.Widths)
                {
                    var shown = ticks.Where(tick => tick.LeastWidth <= width).Select(tick => tick.Percent * width / 100);
                    Assert.All(shown.Zip(shown.Skip(1)),
                        pair => Assert.InRange(pair.Second - pair.First, text.Length * 7, width));
                }
            }
        }
    }

    [Fact]
    public void The_style_sheet_has_a_rule_for_each_width_of_a_plot()
    {
        using var reader = new StreamReader(typeof(XTick).Assembly.GetManifestResourceStream("Assets/viewer.css")!);
        var style = reader.ReadToEnd();
        Assert.All(XTick.Widths, width => Assert.Contains(
            $"@container plot (width < {width + 58}px) {{ .from-{width} {{ display: none; }} }}", style,
            StringComparison.Ordinal));
    }

    [Fact]
    public void A_chart_of_zeros_is_empty()
    {
        Assert.True(Chart(ChartKind.Lines, [0, null], [0, 0]).IsEmpty);
        Assert.False(Chart(ChartKind.Lines, [0, null], [0, 1]).IsEmpty);
    }

    [Theory]
    [InlineData(null, ChartUnit.Count, "–")]
    [InlineData(1_234.0, ChartUnit.Count, "1,234")]
    [InlineData(0.0, ChartUnit.Time, "0")]
    [InlineData(0.0125, ChartUnit.Time, "12.5 ms")]
    [InlineData(2.5, ChartUnit.Time, "2.5 s")]
    [InlineData(150.0, ChartUnit.Time, "2 min 30 s")]
    [InlineData(1e300, ChartUnit.Time, "5,337,599 d")]
    public void Values_are_written_with_their_unit(double? value, ChartUnit unit, string text) =>
        Assert.Equal(text, ChartText.Format(value, unit).Replace('\u00A0', ' '));

    private static Chart Chart(ChartKind kind, double?[] blue, double?[] red) => new(
        "Title", kind, ChartUnit.Count, [.. blue.Select((_, index) => new ChartCategory($"c{index}", null))],
        [new("blue", ChartTone.Blue, blue), new("red", ChartTone.Red, red)]);
}
