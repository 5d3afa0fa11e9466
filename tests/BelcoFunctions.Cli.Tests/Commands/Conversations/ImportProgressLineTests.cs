using BelcoFunctions.Cli.Commands.Conversations;
using BelcoFunctions.Pipeline.Importing;
using Microsoft.Extensions.Time.Testing;

namespace BelcoFunctions.Cli.Tests.Commands.Conversations;

public sealed class ImportProgressLineTests
{
    private readonly FakeTimeProvider time = new();
    private readonly ImportProgressLine line;

    public ImportProgressLineTests() => line = new ImportProgressLine(time);

    [Fact]
    public void While_the_list_is_read_the_line_counts_it()
    {
        line.Report(new ImportProgress(Listed: 1_200));

        Assert.Equal("1,200 conversations listed …", line.ToString());
    }

    [Fact]
    public void The_first_conversations_say_nothing_about_the_time_that_remains()
    {
        Read(19);

        Assert.Equal("19 of 20,000 conversations read …", line.ToString());
    }

    [Fact]
    public void The_time_that_remains_follows_from_the_pace_since_reading_began()
    {
        line.Report(new ImportProgress(Listed: 100));
        time.Advance(TimeSpan.FromHours(1));
        Read(0);
        time.Advance(TimeSpan.FromMinutes(1));
        Read(100, failed: 2);

        Assert.Equal("100 of 20,000 conversations read, 2 failed, about 3\u00A0h 19\u00A0min remaining …", line.ToString());
    }

    [Fact]
    public void A_report_that_comes_late_takes_nothing_back()
    {
        Read(5);
        Read(4);

        Assert.Equal("5 of 20,000 conversations read …", line.ToString());
    }

    private void Read(int count, int failed = 0) => line.Report(new ImportProgress(30_000, 20_000, count, failed));
}
