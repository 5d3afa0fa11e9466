using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace BelcoFunctions.Local.Queueing;

/// <summary>
/// The only writer of a database. Changes that arrive during a commit share the next one, because a flush to the disk costs more
/// than a change. A change is reported done only after its commit is on the disk.
/// </summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    private const int MaxChanges = 500;

    private readonly SqliteConnection connection;
    private readonly Channel<IChange> changes =
        Channel.CreateUnbounded<IChange>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task writer;

    /// <param name="connection">No one else may use it from now on. It is closed at the end.</param>
    public GroupCommit(SqliteConnection connection)
    {
        this.connection = connection;
        writer = Task.Run(WriteAsync);
    }

    /// <summary>Makes a change, and returns its result once it is on the disk.</summary>
    /// <param name="change">If it throws, it is rolled back, with every change that shares its commit.</param>
    /// <param name="cancellationToken">Drops the change, unless its commit has begun.</param>
    public Task<T> RunAsync<T>(Func<SqliteConnection, T> change, CancellationToken cancellationToken = default)
    {
        var pending = new Change<T>(change, cancellationToken);
        ObjectDisposedException.ThrowIf(!changes.Writer.TryWrite(pending), this);
        return pending.Done;
    }

    public async ValueTask DisposeAsync()
    {
        changes.Writer.TryComplete();
        await writer;
        await connection.DisposeAsync();
    }

    private async Task WriteAsync()
    {
        List<IChange> group = [];
        while (await changes.Reader.WaitToReadAsync())
        {
            while (group.Count < MaxChanges && changes.Reader.TryRead(out var change))
            {
                // While the disk is slow, changes that no caller waits for any more must not pile up.
                if (!change.TryCancel()) group.Add(change);
            }

            if (group.Count > 0) Commit(group);
            group.Clear();
        }
    }

    private void Commit(List<IChange> group)
    {
        try
        {
            using var transaction = connection.BeginTransaction();
            foreach (var change in group) change.Make(connection);
            transaction.Commit();
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
        bool TryCancel();
        void Make(SqliteConnection connection);
        void Succeed();
        void Fail(Exception exception);
    }

    private sealed class Change<T>(Func<SqliteConnection, T> make, CancellationToken cancellationToken) : IChange
    {
        // Callers continue on other threads, so that the writer can begin the next commit.
        private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? result;

        public Task<T> Done => done.Task;

        public bool TryCancel() => cancellationToken.IsCancellationRequested && done.TrySetCanceled(cancellationToken);

        public void Make(SqliteConnection connection) => result = make(connection);

        public void Succeed() => done.TrySetResult(result!);

        public void Fail(Exception exception) => done.TrySetException(exception);
    }
}
