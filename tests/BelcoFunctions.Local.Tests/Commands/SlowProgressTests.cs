using BelcoFunctions.Local.Commands;
using Microsoft.Extensions.Time.Testing;

namespace BelcoFunctions.Local.Tests.Commands;

public sealed class SlowProgressTests
{
    [Fact]
    public void It_says_nothing_in_the_first_two_seconds_and_then_a_line_every_two_seconds()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var time = new FakeTimeProvider();
        var progress = new SlowProgress(count => $"{count} done", output, time);

        foreach (var second in Enumerable.Range(0, 6))
        {
            progress.Increment();
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("3 done\n5 done\n", output.ToString());
        Assert.Equal(6, progress.Count);
    }
}
