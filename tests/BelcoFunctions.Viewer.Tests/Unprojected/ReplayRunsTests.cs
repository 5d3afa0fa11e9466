using BelcoFunctions.Cli.Serve.Repair;
using Microsoft.Extensions.Logging.Abstractions;

namespace BelcoFunctions.Viewer.Tests.Unprojected;

public sealed class ReplayRunsTests
{
    [Fact]
    public void Only_one_replay_runs_at_a_time_and_the_same_one_begins_once()
    {
        // It is not started, so that its replay stays at its beginning.
        using var runs = new ReplayRuns(replay: null!, TimeProvider.System, NullLogger<ReplayRuns>.Instance);
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());

        Assert.Equal(first, runs.Begin(first, new(), limit: null).Id);
        Assert.Equal(first, runs.Begin(first, new(), limit: null).Id);
        Assert.Equal(first, runs.Begin(second, new(), limit: null).Id);

        Assert.Null(runs.Find(second));
        Assert.False(Assert.Single(runs.Runs).IsDone);
    }
}
