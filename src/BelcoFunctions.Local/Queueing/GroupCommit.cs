using Microsoft.Data.Sqlite;

namespace BelcoFunctions.Local.Queueing;

/// <summary>
/// The only writer of a database. Changes that arrive during a commit share the next one, because a flush to the disk costs more
/// than a change.
/// </summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    private readonly SqliteConnection connection;
    private readonly object gate = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<IChange> waiting = [];
    private List<IChange> group = [];
    private bool isEnding;

    /// <param name="connection">No one else may use it from now on. It is closed at the end.</param>
    public GroupCommit(SqliteConnection connection)
    {
        this.connection = connection;
        // A thread of its own: it waits for the disk most of the time.
        new Thread(Write) { IsBackground = true, Name = "queue writer" }.Start();
    }

    /// <summary>Makes a change, and returns its result once it is on the disk.</summary>
    /// <param name="change">If it throws, it is rolled back, with every change that shares its commit.</param>
    /// <param name="cancellationToken">Drops the change, unless its commit has begun.</param>
    public Task<T> RunAsync<T>(Func<SqliteConnection, T> change, CancellationToken cancellationToken = default) =>
        AddAsync(new Change<T>(change, needsDisk: true, cancellationToken));

    /// <summary>Makes a change that a power failure may undo, and returns its result once it is committed. It does not wait
    /// for the disk. The next commit that must be on the disk takes it along.</summary>
    /// <param name="change">If it throws, it is rolled back, with every change that shares its commit.</param>
    public Task<T> RunWithoutDiskAsync<T>(Func<SqliteConnection, T> change) =>
        AddAsync(new Change<T>(change, needsDisk: false, CancellationToken.None));

    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            isEnding = true;
            Monitor.Pulse(gate);
        }

        await ended.Task;
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

        return pending.Done;
    }

    private void Write()
    {
        while (TakeGroup())
        {
            // While the disk is slow, changes that no caller waits for any more must not pile up.
            group.RemoveAll(change => change.TryCancel());
            if (group.Count > 0) Commit();
            group.Clear();
        }

        ended.SetResult();
    }

    /// <summary>Waits for changes, and takes all that wait.</summary>
    /// <returns>Whether there are any. There are none only at the end.</returns>
    private bool TakeGroup()
    {
        lock (gate)
        {
            while (waiting.Count == 0 && !isEnding) Monitor.Wait(gate);
            (group, waiting) = (waiting, group);
            return group.Count > 0;
        }
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

    private sealed class Change<T>(Func<SqliteConnection, T> make, bool needsDisk, CancellationToken cancellationToken)
        : IChange
    {
        // Callers continue on other threads, so that the writer can begin the next commit.
        private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? result;

        public Task<T> Done => done.Task;

        public bool NeedsDisk => needsDisk;

        public bool TryCancel() => cancellationToken.IsCancellationRequested && done.TrySetCanceled(cancellationToken);

        public void Make(SqliteConnection connection) => result = make(connection);

        public void Succeed() => done.TrySetResult(result!);

        public void Fail(Exception exception) => done.TrySetException(exception);
    }
}
