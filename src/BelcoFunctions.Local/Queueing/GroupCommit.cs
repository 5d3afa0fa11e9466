using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace BelcoFunctions.Local.Queueing;

/// <summary>Does all writing to one database. What is asked for while a commit is under way shares the next one, and nobody is
/// answered before the commit that has his change is on the disk.</summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    private const int MaxChanges = 500;

    private readonly SqliteConnection connection;
    private readonly Channel<IChange> changes = Channel.CreateUnbounded<IChange>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task writer;

    /// <param name="connection">Used by nobody else from now on, and closed at the end.</param>
    public GroupCommit(SqliteConnection connection)
    {
        this.connection = connection;
        writer = Task.Run(WriteAsync);
    }

    /// <summary>Makes a change, and returns its result once it is on the disk. A change that throws is not made, and nor are those
    /// that share its commit.</summary>
    /// <param name="change">Makes it.</param>
    /// <param name="cancellationToken">Whoever asked has stopped waiting: a change that has not begun is not made.</param>
    public Task<T> RunAsync<T>(Func<SqliteConnection, T> change, CancellationToken cancellationToken = default)
    {
        var asked = new Change<T>(change, cancellationToken);
        ObjectDisposedException.ThrowIf(!changes.Writer.TryWrite(asked), this);
        return asked.Done;
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
                // Else what nobody waits for would pile up while the file is slow.
                if (!change.TryAbandon()) group.Add(change);
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
        bool TryAbandon();
        void Make(SqliteConnection connection);
        void Succeed();
        void Fail(Exception exception);
    }

    private sealed class Change<T>(Func<SqliteConnection, T> make, CancellationToken cancellationToken) : IChange
    {
        // Whoever waits goes on elsewhere: the writer has the next commit to do.
        private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? result;

        public Task<T> Done => done.Task;

        public bool TryAbandon() => cancellationToken.IsCancellationRequested && done.TrySetCanceled(cancellationToken);

        public void Make(SqliteConnection connection) => result = make(connection);

        public void Succeed() => done.TrySetResult(result!);

        public void Fail(Exception exception) => done.TrySetException(exception);
    }
}
