using BelcoFunctions.Local.Queueing;
using BelcoFunctions.Local.Tests.Storage;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace BelcoFunctions.Local.Tests.Queueing;

public sealed class GroupCommitTests : IAsyncLifetime
{
    private const int ReadOnly = 8;
    private const int Full = 13;

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
        commits = new GroupCommit(connection);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await commits.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task What_is_asked_for_during_a_commit_shares_the_next_one()
    {
        await Task.WhenAll(AskTogether(100));

        Assert.Equal(2, commitCount);
        Assert.Equal(100, Count());
    }

    [Fact]
    public async Task Nobody_is_answered_before_his_change_is_on_the_disk()
    {
        Task<int>[] asked = [];
        var answeredTooEarly = 0;
        onCommit = () =>
        {
            answeredTooEarly += asked.Count(task => task.IsCompleted);
            return true;
        };

        asked = AskTogether(10);
        await Task.WhenAll(asked);

        Assert.Equal(0, answeredTooEarly);
        Assert.Equal(10, Count());
    }

    [Fact]
    public async Task A_change_that_throws_takes_those_with_it_that_share_its_commit()
    {
        var asked = AskTogether(10, faulty: 5);

        foreach (var task in asked) await Assert.ThrowsAsync<SqliteException>(() => task);
        Assert.Equal(0, Count());
    }

    [Fact]
    public async Task The_next_commit_is_free_of_the_errors_of_the_last()
    {
        await Assert.ThrowsAsync<SqliteException>(() => Task.WhenAll(AskTogether(10, faulty: 5)));

        await AddAsync("good");

        Assert.Equal(1, Count());
    }

    [Fact]
    public async Task A_commit_that_fails_tells_everybody_and_does_not_hinder_the_next()
    {
        onCommit = () => false;
        await Assert.ThrowsAsync<SqliteException>(() => AddAsync("bad"));
        onCommit = () => true;

        await AddAsync("good");

        Assert.Equal(1, Count());
    }

    [Fact]
    public async Task A_full_disk_fails_what_does_not_fit_until_there_is_room()
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
    public async Task A_file_that_cannot_be_written_fails_everything_until_it_can()
    {
        connection.Execute("PRAGMA query_only = 1");

        var failure = await Assert.ThrowsAsync<SqliteException>(() => AddAsync("bad"));
        Assert.Equal(ReadOnly, failure.SqliteErrorCode);

        connection.Execute("PRAGMA query_only = 0");
        await AddAsync("good");
        Assert.Equal(1, Count());
    }

    [Fact]
    public async Task What_was_asked_for_before_the_end_is_done_and_what_is_asked_for_after_it_fails()
    {
        var asked = AskTogether(10);

        await commits.DisposeAsync();

        await Task.WhenAll(asked);
        Assert.Equal(10, Count());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => AddAsync("late"));
    }

    /// <summary>Asks for changes while the writer is busy, so that they share the next commit.</summary>
    private Task<int>[] AskTogether(int count, int? faulty = null)
    {
        using var busy = new ManualResetEventSlim();
        using var asked = new ManualResetEventSlim();
        var first = commits.RunAsync(_ =>
        {
            busy.Set();
            asked.Wait();
            return 0;
        });
        busy.Wait();
        Task<int>[] together = [.. Enumerable.Range(0, count).Select(index => AddAsync(index == faulty ? null : $"{index}"))];
        asked.Set();
        first.Wait();
        return together;
    }

    private Task<int> AddAsync(string? name) =>
        commits.RunAsync(connection => connection.Execute("INSERT INTO things VALUES ($name)", ("$name", name)));

    private int Count()
    {
        using var reader = QueueDatabase.Open(folder.Path, create: false);
        return reader.QuerySingle("SELECT COUNT(*) FROM things", row => row.GetInt32(0));
    }
}
