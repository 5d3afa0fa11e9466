using BelcoFunctions.Pipeline.Maintenance;
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
        var files = await mark.BeginAsync(source, cancellationToken);
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
        var reader = new PayloadReader(payloads);
        var erasures = new RestoredErasures(storage, reader, time);
        var conversations = new RestoredConversations(storage.Conversations, erasures, reader, time);
        var (done, changed) = (0L, 0L);
        // An erased conversation with later events is corrected twice.
        SortedSet<string> failures = new(StringComparer.Ordinal);
        HashSet<string> shops = new(StringComparer.Ordinal);
        await conversations.CorrectAsync(rebuild =>
        {
            lock (shops)
            {
                shops.Add(rebuild.ShopId);
                if (rebuild.Outcome is RebuildOutcome.Changed) changed++;
                if (rebuild.Outcome is RebuildOutcome.Failed { Reason: var reason })
                    failures.Add($"{rebuild.ShopId} {rebuild.ConversationId}: {reason}");
                progress.Report(new(BackupStep.Rebuilding, ++done));
            }
        }, cancellationToken);
        await erasures.FinishAsync(shops, cancellationToken);
        return new RestoreReceipt(manifest, changed, [.. failures], erasures.Remaining);
    }
}

/// <summary>What came of a restore.</summary>
/// <param name="Manifest">What was written.</param>
/// <param name="Changed">Conversations whose rows were not of one moment, and were corrected.</param>
/// <param name="Failures">The conversations that cannot be folded again, each with half a sentence. What is erased of them was
/// erased nevertheless, unless <paramref name="Remaining"/> has their rows.</param>
/// <param name="Remaining">The rows that are erased, or may be, and could not be erased.</param>
public sealed record RestoreReceipt(
    BackupManifest Manifest, long Changed, IReadOnlyList<string> Failures, RemainingRows Remaining);
