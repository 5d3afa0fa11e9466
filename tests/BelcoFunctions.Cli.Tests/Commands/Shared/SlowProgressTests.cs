using BelcoFunctions.Cli.Commands.Shared;
using Microsoft.Extensions.Time.Testing;

namespace BelcoFunctions.Cli.Tests.Commands.Shared;

public sealed class SlowProgressTests
{
    [Fact]
    public void It_shows_progress_every_two_seconds_even_before_the_first_result()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var time = new FakeTimeProvider();
        using (var progress = new SlowProgress(count => $"{count} done", output, time))
        {
            time.Advance(TimeSpan.FromSeconds(1.9));
            Assert.Equal("", output.ToString());
            time.Advance(TimeSpan.FromSeconds(0.1));
            progress.Report(7);
            progress.Increment();
            time.Advance(TimeSpan.FromSeconds(2));
            Assert.Equal(8, progress.Count);
        }

        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("0 done\n8 done\n", output.ToString());
    }
}
