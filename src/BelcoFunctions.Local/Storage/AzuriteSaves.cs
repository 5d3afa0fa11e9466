namespace BelcoFunctions.Local.Storage;

/// <summary>Tells when Azurite has saved what it was told. It writes its tables and the list of its blobs to the disk only every
/// five seconds: if it is killed before, it forgets what it has answered.</summary>
/// <param name="folder">Azurite's files.</param>
/// <param name="time">The clock of the files too.</param>
internal sealed class AzuriteSaves(string folder, TimeProvider time)
{
    public const string Tables = "__azurite_db_table__.json";
    public const string Blobs = "__azurite_db_blob__.json";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // Several times the interval: a large file takes time.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Waits until all is saved that was written before the call.</summary>
    /// <param name="files">Those that were changed: one that has not changed is not saved.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it was seen to be saved.</returns>
    public async Task<bool> WaitAsync(IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var asked = time.GetUtcNow();
        for (var waited = TimeSpan.Zero; waited < Longest; waited += Pause)
        {
            if (files.All(file => WasMade(file) > asked)) return true;
            await Task.Delay(Pause, time, cancellationToken);
        }

        return false;
    }

    // Azurite writes a new file, and renames it when it is whole. The content is that of the moment before the new file was made.
    private DateTimeOffset WasMade(string file)
    {
        var info = new FileInfo(Path.Combine(folder, file));
        return info.Exists ? info.CreationTimeUtc : DateTimeOffset.MinValue;
    }
}
