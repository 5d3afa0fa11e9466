using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Backups;

/// <summary>Writes all rows of an archive, and the payloads that they name, to a folder, while events arrive. Only reads the
/// archive. If it is killed at any point, the next run with the same folder goes on after the last complete part.</summary>
public sealed class Backup(PipelineStorage storage, PayloadReader payloads, TimeProvider time)
{
    private readonly BackupRows rows = new(storage);
    private readonly ErasureTable erasures = new(storage.Conversations);

    /// <summary>The bytes after which a part is complete. A killed run reads at most so many again.</summary>
    internal long PartBytes { get; init; } = 32 * 1024 * 1024;

    /// <param name="path">A new folder, or that of an interrupted backup of the same archive.</param>
    /// <param name="archive">Where the rows come from, for the manifest and for the next run.</param>
    /// <param name="progress">Gets the number of rows.</param>
    /// <param name="cancellationToken">Stops the run. The next one goes on.</param>
    /// <exception cref="BackupException">The folder has something else.</exception>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<BackupManifest> RunAsync(
        string path, string archive, IProgress<BackupProgress> progress, CancellationToken cancellationToken)
    {
        var folder = new BackupFolder(path);
        await using var locked = folder.CreateAndLock();
        var start = await BeginAsync(folder, archive, cancellationToken);
        var count = 0L;
        foreach (var section in Enum.GetValues<BackupSection>())
        {
            await WriteAsync(folder, section, () => progress.Report(new(BackupStep.Reading, ++count)), cancellationToken);
        }

        var contents = await BackupContents.ReadAsync(folder, progress, cancellationToken);
        var manifest = contents.ToManifest(start, time.GetUtcNow());
        folder.WriteManifest(manifest);
        return manifest;
    }

    private async Task<BackupStart> BeginAsync(BackupFolder folder, string archive, CancellationToken cancellationToken)
    {
        if (await new RestoreMark(storage).ExistsAsync(cancellationToken))
        {
            throw new BackupException(
                "A restore into this archive is not complete. Run belco restore again until it is, and then back up.");
        }

        if (folder.FindOther() is { } other)
            throw new BackupException($"The folder {folder.Path} has something else: {other}. Choose a new folder.");
        if (folder.ReadManifest() is { } manifest)
            throw new BackupException($"The folder {folder.Path} has a complete backup, begun at {manifest.StartedAt:u}. "
                + "Choose a new folder.");
        folder.DeleteIncomplete();
        if (folder.ReadStart() is not { } start)
        {
            if (folder.Parts() is [var part, ..])
                throw new BackupException($"The folder {folder.Path} has {part}, but not its beginning. Choose a new folder.");
            // The store's time is rounded up. What is stored from now on may be missing from the backup.
            var startedAt = await erasures.ReadNowAsync(cancellationToken) - TimeSpan.FromSeconds(1);
            start = new(BackupManifest.CurrentFormat, archive, RowValues.SchemaVersion, startedAt);
            folder.WriteStart(start);
        }

        if (start.Archive != archive)
            throw new BackupException($"The folder {folder.Path} has the beginning of a backup of another archive: "
                + $"{start.Archive}. This one is {archive}. Choose a new folder.");
        if ((start.Format, start.SchemaVersion) != (BackupManifest.CurrentFormat, RowValues.SchemaVersion))
            throw new BackupException($"Another version of belco began the backup in the folder {folder.Path}. "
                + "Choose a new folder.");
        // What was erased must be read after everything else.
        foreach (var name in folder.Parts().Where(name => name.Section is BackupSection.Erasures)) folder.Delete(name);
        return start;
    }

    private async Task WriteAsync(
        BackupFolder folder, BackupSection section, Action onRow, CancellationToken cancellationToken)
    {
        var name = folder.Parts().LastOrDefault(each => each.Section == section, new(section, 0, HasRows: true));
        var last = name.Number == 0 ? null
            : await PartCheck.ReadRowsAsync(new PartReader(folder.PathOf(name)), name).LastAsync(cancellationToken);
        PartWriter? part = null;
        try
        {
            await foreach (var (row, payload) in rows.ReadAsync(section, last, cancellationToken)
                .SelectAheadAsync(Concurrency.BodiesAhead, ReadPayloadAsync, cancellationToken))
            {
                part ??= new PartWriter(folder, name = name with { Number = name.Number + 1 });
                if (payload is not null) part.Write(payload);
                part.Write(row);
                onRow();
                if (part.Bytes < PartBytes) continue;
                part.Complete();
                part = null;
            }

            part?.Complete();
        }
        finally
        {
            part?.Dispose();
        }
    }

    /// <summary>A row, and the payload that it names, if the archive has it.</summary>
    private async Task<(TableEntity Row, PayloadLine? Payload)> ReadPayloadAsync(
        TableEntity row, CancellationToken cancellationToken)
    {
        if (row[Column.RawBlob] is not string name || !PayloadLine.IsName(name)) return (row, null);
        var content = await payloads.ReadAsync(name, default, cancellationToken);
        return content is { } bytes && PayloadLine.IsOf(bytes.Span, name) ? (row, new(name, bytes.ToArray())) : (row, null);
    }
}
