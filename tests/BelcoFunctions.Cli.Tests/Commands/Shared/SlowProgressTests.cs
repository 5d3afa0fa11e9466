using BelcoFunctions.Cli.Commands.Shared;
using Microsoft.Extensions.Time.Testing;

namespace BelcoFunctions.Cli.Tests.Commands.Shared;

public sealed class SlowProgressTests : IDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly StringWriter output = new() { NewLine = "\n" };

    public void Dispose() => output.Dispose();

    [Fact]
    public void A_terminal_shows_progress_every_two_seconds_even_before_the_first_result()
    {
        using (var progress = new SlowProgress(count => $"{count} done", output, time) { IsLog = false })
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

    [Fact]
    public void A_log_gets_a_line_for_each_tenth_of_the_work()
    {
        using var progress = new SlowProgress(count => $"{count} done", output, time)
        {
            IsLog = true,
            Share = count => count / 50.0,
        };

        for (var count = 0; count < 50; count++)
        {
            progress.Report(count);
            time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal("5 done\n10 done\n15 done\n20 done\n25 done\n30 done\n35 done\n40 done\n45 done\n", output.ToString());
    }

    [Fact]
    public void A_log_gets_a_line_each_minute_if_it_is_not_known_how_much_there_is()
    {
        using var progress = new SlowProgress(count => $"{count} done", output, time) { IsLog = true };

        for (var second = 0; second < 125; second++)
        {
            progress.Increment();
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("60 done\n120 done\n", output.ToString());
    }
}
