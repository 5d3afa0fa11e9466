using BelcoFunctions.Local.Exporting;
using Microsoft.Extensions.Time.Testing;

namespace BelcoFunctions.Local.Tests.Exporting;

public sealed class RowProgressTests
{
    [Fact]
    public void It_says_every_two_seconds_how_far_it_is_also_if_there_is_nothing_yet()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var time = new FakeTimeProvider();
        using (var progress = new RowProgress("events", output, time))
        {
            time.Advance(TimeSpan.FromSeconds(1.9));
            Assert.Equal("", output.ToString());
            time.Advance(TimeSpan.FromSeconds(0.1));
            progress.Report(7);
            time.Advance(TimeSpan.FromSeconds(2));
        }

        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("Reading … 0 events\nReading … 7 events\n", output.ToString());
    }
}
