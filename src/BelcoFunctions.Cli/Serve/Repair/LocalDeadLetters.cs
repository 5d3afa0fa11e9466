using BelcoFunctions.Cli.Output;
using BelcoFunctions.Cli.Serve.Queue;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Viewer.DeadLetters;
using BelcoFunctions.Viewer.Shared.Repair;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Cli.Serve.Repair;

/// <summary>The dead letters of the queue file, for the viewer.</summary>
internal sealed partial class LocalDeadLetters(
    SqliteQueue queue, PayloadReader payloads, RedriveRuns runs, ILogger<LocalDeadLetters> logger)
    : IDeadLetters, IRedriveRuns
{
    private const int PageRows = 50;

    public IReadOnlyList<RepairRun> Runs => runs.All;

    public IReadOnlyList<DeadLetterGroup> Count(DeadLetterSelection selection) =>
        Read(connection => DeadLetterRows.Count(connection, selection));

    public DeadLetterList List(DeadLetterSelection selection)
    {
        var rows = Read(connection => DeadLetterRows.Read(connection, selection with { Limit = PageRows + 1 }));
        DeadLetter[] letters = [.. rows.Take(PageRows).Select(row => row.Letter.IsInBlob ? row.Letter : Identify(row, row.Body))];
        return new DeadLetterList(letters, rows.Count > PageRows
            ? new DeadLetterPosition(letters[^1].DeadLetteredAt, letters[^1].Id) : null);
    }

    public async Task<(DeadLetter Letter, RawEventResult Raw)?> ReadAsync(long id, CancellationToken cancellationToken)
    {
        var rows = Read(connection => DeadLetterRows.Read(connection, new(id)));
        if (rows is not [var row]) return null;
        return await payloads.ReadAsync(row.PayloadBlob, row.Body, cancellationToken) is { } body
            ? (Identify(row, body), new RawEventResult.Found(body))
            : (row.Letter, new RawEventResult.BlobMissing(row.PayloadBlob!));
    }

    public async Task RedriveAsync(Guid run, DeadLetterSelection selection)
    {
        var limited = selection with { Limit = RepairRun.MaxEvents };
        var events = Read(connection => DeadLetterRows.Find(connection, limited))
            .ConvertAll(found => new RedrivenEvent(found.Id, found.EventName, found.RequestId));
        if (!runs.TryBegin(run, events)) return;
        // Skip events that another run is already putting back.
        foreach (var batch in events.Where(e => e.IsPending).Chunk(DeadLetterRows.BatchSize)) await RedriveAsync(batch);
    }

    public RepairRun? Find(Guid run)
    {
        // Look for events that were erased meanwhile: otherwise, the run would wait for them for ever. Completed events stay
        // in the file for a while, so they are not missing.
        var pending = runs.PendingOf(run);
        if (pending.Count > 0)
        {
            foreach (var id in Read(connection => DeadLetterRows.Missing(connection, pending)))
            {
                runs.Set(id, RepairState.Gone, "It was removed from its queue, for example by belco erase.");
            }
        }

        return runs.Find(run);
    }

    private async Task RedriveAsync(RedrivenEvent[] batch)
    {
        try
        {
            var moved = await queue.RedriveAsync([.. batch.Select(e => e.Id)]);
            foreach (var e in batch.Where(e => !moved.Contains(e.Id)))
            {
                runs.Set(e.Id, RepairState.Gone, "It was not a dead letter any more: another redrive took it, or it was erased.");
            }
        }
        catch (Exception exception)
        {
            // For example a full disk. The batch is one commit, so no event of it was put back.
            LogNotMoved(logger, batch.Length, exception.Message);
            foreach (var e in batch) runs.Set(e.Id, RepairState.NotMoved, exception.Message);
        }
    }

    private T Read<T>(Func<SqliteConnection, T> read)
    {
        try
        {
            return queue.Read(read);
        }
        catch (CommandException exception)
        {
            throw new QueueUnavailableException(exception.Message, exception);
        }
        catch (SqliteException exception)
        {
            throw new QueueUnavailableException(
                $"The queue file cannot be read: {exception.Message} Check the data folder and its disk.", exception);
        }
    }

    private static DeadLetter Identify(DeadLetterRow row, ReadOnlyMemory<byte> body) => row.Letter with
    {
        Identity = EventReader.Read(body) is EventReading<BelcoEvent>.Projectable { Event: var e } ? e.Identity : null,
    };

    [LoggerMessage(Level = LogLevel.Error,
        Message = "{Events} dead letters could not be put back. Check the disk of the queue file: {Error}")]
    private static partial void LogNotMoved(ILogger logger, int events, string error);
}
