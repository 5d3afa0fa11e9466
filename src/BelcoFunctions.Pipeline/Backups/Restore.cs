using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Backups;

/// <summary>Writes a backup to an empty archive, and corrects the rows, which were not read at one moment. Reads all of the
/// backup before it writes anything. If it is killed at any point, the next run with the same backup goes on. Nothing else may
/// write to the archive meanwhile.</summary>
public sealed class Restore(PipelineStorage storage, IPayloadStore payloads, TimeProvider time)
{
    private readonly RestoreMark mark = new(storage);
    private readonly RestoreRows rows = new(storage, payloads);
    private readonly RestoredConversations conversations = new(storage.Conversations, new PayloadReader(payloads), time);
    private readonly ErasureTable erasures = new(storage.Conversations);

    /// <summary>Checks the backup, and that the archive can take it. Writes nothing.</summary>
    /// <exception cref="BackupException"/>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<BackupManifest> CheckAsync(
        string path, IProgress<BackupProgress> progress, CancellationToken cancellationToken)
    {
        var source = await BackupSource.OpenAsync(path, progress, cancellationToken);
        await mark.FindAsync(source, cancellationToken);
        return source.Manifest;
    }

    /// <exception cref="BackupException">The backup is not as its manifest says, or the archive is not empty. Nothing was
    /// written.</exception>
    /// <exception cref="StoreUnavailableException">Run it again.</exception>
    public async Task<RestoreReceipt> RunAsync(
        string path, IProgress<BackupProgress> progress, CancellationToken cancellationToken)
    {
        var source = await BackupSource.OpenAsync(path, progress, cancellationToken);
        var files = await mark.FindAsync(source, cancellationToken);
        var count = 0L;
        for (; files < source.Parts.Count; files++)
        {
            await mark.WriteAsync(source, files, cancellationToken);
            await rows.WriteAsync(source, source.Parts[files],
                () => progress.Report(new(BackupStep.Writing, Interlocked.Increment(ref count))), cancellationToken);
        }

        await mark.WriteAsync(source, files, cancellationToken);
        var corrected = await CorrectAsync(source.Manifest, progress, cancellationToken);
        await mark.DeleteAsync(cancellationToken);
        return corrected;
    }

    private async Task<RestoreReceipt> CorrectAsync(
        BackupManifest manifest, IProgress<BackupProgress> progress, CancellationToken cancellationToken)
    {
        var (done, changed) = (0L, 0L);
        // An erased conversation with later events is corrected twice.
        SortedSet<string> failures = new(StringComparer.Ordinal);
        await conversations.CorrectAsync(manifest.StartedAt, write =>
        {
            if (write.WasChanged) Interlocked.Increment(ref changed);
            if (write.Failure is { } reason)
            {
                lock (failures) failures.Add($"{write.ShopId} {write.ConversationId}: {reason}");
            }

            progress.Report(new(BackupStep.Rebuilding, Interlocked.Increment(ref done)));
        }, cancellationToken);
        var unfinished = await erasures.ListUnfinishedAsync(shopId: null, cancellationToken).CountAsync(cancellationToken);
        return new RestoreReceipt(manifest, changed, [.. failures], unfinished);
    }
}

/// <summary>What came of a restore.</summary>
/// <param name="Manifest">What was written.</param>
/// <param name="Changed">Conversations whose rows were not of one moment, and were corrected.</param>
/// <param name="Failures">The conversations that cannot be folded again, each with half a sentence. They are as they were in
/// the archive.</param>
/// <param name="UnfinishedErasures">Conversations whose erasure the eraser still has to finish.</param>
public sealed record RestoreReceipt(
    BackupManifest Manifest, long Changed, IReadOnlyList<string> Failures, int UnfinishedErasures);
