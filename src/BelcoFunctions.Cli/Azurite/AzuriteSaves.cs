namespace BelcoFunctions.Cli.Azurite;

/// <summary>Tells when Azurite has saved what it was told. It writes its tables and the list of its blobs to the disk only every
/// five seconds: if it is killed before, it forgets what it has answered.</summary>
/// <param name="folder">Azurite's files.</param>
/// <param name="time">Measures the pauses between two looks.</param>
internal sealed class AzuriteSaves(string folder, TimeProvider time)
{
    public const string Tables = "__azurite_db_table__.json";
    public const string Blobs = "__azurite_db_blob__.json";

    // What the first one saves may be of a moment before the wait. Azurite saves one after the other, so the second one began
    // when the first was seen, or later.
    private const int Saves = 2;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // For each save. Many times the interval: a large file on a busy machine takes time.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Waits until all is saved that was written before the call.</summary>
    /// <param name="file">The file with what was written.</param>
    /// <param name="changeAsync">Changes something in it, because Azurite saves only after a change.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it was seen to be saved.</returns>
    public async Task<bool> WaitAsync(
        string file, Func<CancellationToken, Task> changeAsync, CancellationToken cancellationToken)
    {
        for (var saves = 0; saves < Saves; saves++)
        {
            var before = Look(file);
            await changeAsync(cancellationToken);
            if (!await IsReplacedAsync(file, before, cancellationToken)) return false;
        }

        return true;
    }

    // It counts its looks instead of the time: on a busy machine, Azurite is as slow as this process.
    private async Task<bool> IsReplacedAsync(
        string file, (DateTime WrittenAt, long Length) before, CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; waited < Longest; waited += Pause)
        {
            if (Look(file) != before) return true;
            await Task.Delay(Pause, time, cancellationToken);
        }

        return false;
    }

    // Azurite writes a new file, and renames it when it is whole.
    private (DateTime WrittenAt, long Length) Look(string file)
    {
        var info = new FileInfo(Path.Combine(folder, file));
        return info.Exists ? (info.LastWriteTimeUtc, info.Length) : default;
    }
}
