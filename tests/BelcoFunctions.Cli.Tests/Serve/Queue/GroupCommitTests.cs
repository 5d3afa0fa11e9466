using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace BelcoFunctions.Cli.Tests.Serve.Queue;

public sealed class GroupCommitTests : IAsyncLifetime
{
    private const int ReadOnly = 8;
    private const int Full = 13;
    private const string Insert = "INSERT INTO things VALUES ($name)";

    private readonly TemporaryFolder folder = new();
    private readonly SqliteConnection connection;
    private readonly GroupCommit commits;
    private Func<bool> onCommit = () => true;
    private int commitCount;

    public GroupCommitTests()
    {
        connection = QueueDatabase.Open(folder.Path, create: true);
        connection.Execute("CREATE TABLE things (name TEXT NOT NULL)");
        raw.sqlite3_commit_hook(connection.Handle, _ =>
        {
            commitCount++;
            return onCommit() ? 0 : 1;
        }, null);
        commits = new GroupCommit(connection, QueueConcurrency.OnThreads);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await commits.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Changes_made_during_a_commit_share_the_next_one()
    {
        await Task.WhenAll(AddTogether(100));

        Assert.Equal(2, commitCount);
        Assert.Equal(100, Count());
    }

    [Fact]
    public async Task A_change_completes_only_after_its_commit()
    {
        Task<int>[] changes = [];
        var completedTooEarly = 0;
        onCommit = () =>
        {
            completedTooEarly += changes.Count(task => task.IsCompleted);
            return true;
        };

        changes = AddTogether(10);
        await Task.WhenAll(changes);

        Assert.Equal(0, completedTooEarly);
        Assert.Equal(10, Count());
    }

    [Fact]
    public async Task Only_a_change_that_must_not_be_lost_waits_for_the_disk()
    {
        const int Normal = 1, WaitsForDisk = 2;

        await commits.RunWithoutDiskAsync(connection => connection.Execute(Insert, ("$name", "quick")));
        Assert.Equal(Normal, connection.QuerySingle("PRAGMA synchronous", row => row.GetInt32(0)));

        await AddAsync("kept");
        Assert.Equal(WaitsForDisk, connection.QuerySingle("PRAGMA synchronous", row => row.GetInt32(0)));
        Assert.Equal(2, Count());
    }

    [Fact]
    public async Task A_failed_commit_fails_a_change_that_may_be_lost_too()
    {
        onCommit = () => false;

        await Assert.ThrowsAsync<SqliteException>(
            () => commits.RunWithoutDiskAsync(connection => connection.Execute(Insert, ("$name", "quick"))));
    }

    [Fact]
    public async Task A_change_that_may_be_lost_and_throws_fails()
    {
        await Assert.ThrowsAsync<SqliteException>(
            () => commits.RunWithoutDiskAsync(connection => connection.Execute(Insert, ("$name", null))));

        Assert.Equal(0, Count());
    }

    [Fact]
    public async Task A_change_that_throws_fails_every_change_of_its_commit()
    {
        var changes = AddTogether(10, faulty: 5);

        foreach (var task in changes) await Assert.ThrowsAsync<SqliteException>(() => task);
        Assert.Equal(0, Count());
    }

    [Fact]
    public async Task A_failed_change_does_not_affect_the_next_commit()
    {
        await Assert.ThrowsAsync<SqliteException>(() => Task.WhenAll(AddTogether(10, faulty: 5)));

        await AddAsync("good");

        Assert.Equal(1, Count());
    }

    [Fact]
    public async Task A_failed_commit_fails_its_changes_and_not_the_next_commit()
    {
        onCommit = () => false;
        await Assert.ThrowsAsync<SqliteException>(() => AddAsync("bad"));
        onCommit = () => true;

        await AddAsync("good");

        Assert.Equal(1, Count());
    }

    [Fact]
    public async Task A_full_disk_fails_a_change_until_there_is_room()
    {
        await AddAsync("before");
        connection.Execute("PRAGMA max_page_count = 1");

        var failure = await Assert.ThrowsAsync<SqliteException>(() => AddAsync(new string('x', 100_000)));
        Assert.Equal(Full, failure.SqliteErrorCode);

        connection.Execute("PRAGMA max_page_count = 1000000");
        await AddAsync(new string('x', 100_000));
        Assert.Equal(2, Count());
    }

    [Fact]
    public async Task A_read_only_file_fails_every_change_until_it_is_writable()
    {
        connection.Execute("PRAGMA query_only = 1");

        var failure = await Assert.ThrowsAsync<SqliteException>(() => AddAsync("bad"));
        Assert.Equal(ReadOnly, failure.SqliteErrorCode);

        connection.Execute("PRAGMA query_only = 0");
        await AddAsync("good");
        Assert.Equal(1, Count());
    }

    [Fact]
    public async Task A_change_that_is_canceled_before_it_begins_is_not_made()
    {
        await Assert.ThrowsAsync<TaskCanceledException>(
            () => commits.RunAsync(connection => connection.Execute(Insert, ("$name", "late")), new(canceled: true)));

        await AddAsync("good");
        Assert.Equal(1, Count());
    }

    [Fact]
    public async Task Changes_made_before_disposal_are_committed_and_later_ones_fail()
    {
        var changes = AddTogether(10);

        await commits.DisposeAsync();

        await Task.WhenAll(changes);
        Assert.Equal(10, Count());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => AddAsync("late"));
    }

    /// <summary>Starts changes while the writer is busy, so that they share the next commit.</summary>
    private Task<int>[] AddTogether(int count, int? faulty = null)
    {
        using var busy = new ManualResetEventSlim();
        using var started = new ManualResetEventSlim();
        var first = commits.RunAsync(_ =>
        {
            busy.Set();
            started.Wait();
            return 0;
        });
        busy.Wait();
        Task<int>[] together = [.. Enumerable.Range(0, count).Select(index => AddAsync(index == faulty ? null : $"{index}"))];
        started.Set();
        first.Wait();
        return together;
    }

    private Task<int> AddAsync(string? name) =>
        commits.RunAsync(connection => connection.Execute(Insert, ("$name", name)));

    private int Count()
    {
        using var reader = QueueDatabase.Open(folder.Path, create: false);
        return reader.QuerySingle("SELECT COUNT(*) FROM things", row => row.GetInt32(0));
    }
}
