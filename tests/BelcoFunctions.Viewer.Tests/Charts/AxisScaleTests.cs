using BelcoFunctions.Viewer.Charts;

namespace BelcoFunctions.Viewer.Tests.Charts;

public sealed class AxisScaleTests
{
    [Theory]
    [InlineData(0, ChartUnit.Count, 1, 1)]
    [InlineData(1, ChartUnit.Count, 1, 1)]
    [InlineData(4, ChartUnit.Count, 4, 1)]
    [InlineData(5, ChartUnit.Count, 6, 2)]
    [InlineData(99, ChartUnit.Count, 100, 50)]
    [InlineData(1_234, ChartUnit.Count, 1_500, 500)]
    [InlineData(0.0004, ChartUnit.Time, 0.0005, 0.0005)]
    [InlineData(0.3, ChartUnit.Time, 0.3, 0.1)]
    [InlineData(3, ChartUnit.Time, 3, 1)]
    [InlineData(150, ChartUnit.Time, 150, 50)]
    [InlineData(330, ChartUnit.Time, 360, 120)]
    [InlineData(9_000, ChartUnit.Time, 10_800, 3_600)]
    [InlineData(300_000, ChartUnit.Time, 345_600, 86_400)]
    [InlineData(1_000_000, ChartUnit.Time, 1_296_000, 432_000)]
    public void It_ends_at_a_round_number_and_has_few_of_them(double greatest, ChartUnit unit, double max, double step)
    {
        var scale = AxisScale.From(greatest, unit);
        Assert.Equal((max, step), (Math.Round(scale.Max, 9), Math.Round(scale.Step, 9)));
    }

    [Fact]
    public void Every_value_is_on_the_axis_and_the_axis_has_two_to_six_numbers()
    {
        var random = new Random(1);
        for (var run = 0; run < 10_000; run++)
        {
            var greatest = Math.Pow(10, random.NextDouble() * 13 - 4);
            foreach (var unit in Enum.GetValues<ChartUnit>())
            {
                var scale = AxisScale.From(greatest, unit);
                Assert.True(scale.Max >= greatest, $"{greatest} is above {scale}.");
                Assert.InRange(scale.Ticks().Count, 2, 6);
                Assert.Equal(0, scale.Ticks()[0]);
                Assert.Equal(1, scale.Ticks()[^1] / scale.Max, tolerance: 1e-9);
            }
        }
    }
}
