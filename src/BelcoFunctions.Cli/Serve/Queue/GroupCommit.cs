using Microsoft.Data.Sqlite;

namespace BelcoFunctions.Cli.Serve.Queue;

/// <summary>
/// The only writer of a database. Changes that arrive during a commit share the next one, because a flush to the disk costs more
/// than a change.
/// </summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    private readonly SqliteConnection connection;
    private readonly QueueConcurrency concurrency;
    private readonly object gate = new();
    private readonly Task ended;
    private List<IChange> waiting = [];
    private List<IChange> group = [];
    private bool isEnding;

    /// <param name="connection">From now on, only this object may use the connection. The object closes it at the
    /// end.</param>
    /// <param name="concurrency">Says when to commit.</param>
    public GroupCommit(SqliteConnection connection, QueueConcurrency concurrency)
    {
        (this.connection, this.concurrency) = (connection, concurrency);
        ended = concurrency.WriteAsync(this);
    }

    /// <summary>Makes a change, and returns its result once it is on the disk.</summary>
    /// <param name="change">If it throws, it is rolled back, with every change that shares its commit.</param>
    /// <param name="cancellationToken">Drops the change, unless its commit has begun.</param>
    public Task<T> RunAsync<T>(Func<SqliteConnection, T> change, CancellationToken cancellationToken = default) =>
        AddAsync(new Change<T>(change, needsDisk: true, concurrency.AfterCommit, cancellationToken));

    /// <summary>Makes a change that a power failure may undo, and returns its result once it is committed. It does not wait
    /// for the disk. The next commit that waits for the disk saves this change too.</summary>
    /// <param name="change">If it throws, it is rolled back, with every change that shares its commit.</param>
    public Task<T> RunWithoutDiskAsync<T>(Func<SqliteConnection, T> change) =>
        AddAsync(new Change<T>(change, needsDisk: false, concurrency.AfterCommit, CancellationToken.None));

    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            isEnding = true;
            Monitor.Pulse(gate);
        }

        await ended;
        await connection.DisposeAsync();
    }

    private Task<T> AddAsync<T>(Change<T> pending)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isEnding, this);
            waiting.Add(pending);
            Monitor.Pulse(gate);
        }

        concurrency.ChangeWaits(this);
        return pending.Done;
    }

    /// <summary>Commits changes as they come, until the end.</summary>
    public void Write()
    {
        while (TakeGroup()) CommitGroup();
    }

    /// <summary>Commits the changes that wait now.</summary>
    public void WriteOnce()
    {
        lock (gate) (group, waiting) = (waiting, group);
        CommitGroup();
    }

    /// <summary>Waits for changes, and takes all that wait.</summary>
    /// <returns>False only at the end, when no more changes will come.</returns>
    private bool TakeGroup()
    {
        lock (gate)
        {
            while (waiting.Count == 0 && !isEnding) Monitor.Wait(gate);
            (group, waiting) = (waiting, group);
            return group.Count > 0;
        }
    }

    private void CommitGroup()
    {
        // Drop canceled changes: while the disk is slow, they must not pile up.
        group.RemoveAll(change => change.TryCancel());
        if (group.Count > 0) Commit();
        group.Clear();
    }

    private void Commit()
    {
        try
        {
            // With the write-ahead log, NORMAL does not wait for the disk.
            connection.Execute(group.Exists(change => change.NeedsDisk)
                ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            connection.InTransaction(() =>
            {
                foreach (var change in group) change.Make(connection);
            });
        }
        catch (Exception exception)
        {
            foreach (var change in group) change.Fail(exception);
            return;
        }

        foreach (var change in group) change.Succeed();
    }

    private interface IChange
    {
        bool NeedsDisk { get; }
        bool TryCancel();
        void Make(SqliteConnection connection);
        void Succeed();
        void Fail(Exception exception);
    }

    private sealed class Change<T>(
        Func<SqliteConnection, T> make, bool needsDisk, TaskCreationOptions after, CancellationToken cancellationToken) : IChange
    {
        private readonly TaskCompletionSource<T> done = new(after);
        private T? result;

        public Task<T> Done => done.Task;

        public bool NeedsDisk => needsDisk;

        public bool TryCancel() => cancellationToken.IsCancellationRequested && done.TrySetCanceled(cancellationToken);

        public void Make(SqliteConnection connection) => result = make(connection);

        public void Succeed() => done.TrySetResult(result!);

        public void Fail(Exception exception) => done.TrySetException(exception);
    }
}
