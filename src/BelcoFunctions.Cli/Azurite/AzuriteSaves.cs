namespace BelcoFunctions.Cli.Azurite;

/// <summary>Waits until Azurite has saved its data. It writes its tables and the list of its blobs to the disk only every
/// five seconds. If it is killed before that, it loses writes that it has already confirmed.</summary>
/// <param name="folder">Azurite's files.</param>
/// <param name="time">Measures the pauses between two checks.</param>
internal sealed class AzuriteSaves(string folder, TimeProvider time)
{
    public const string Tables = "__azurite_db_table__.json";
    public const string Blobs = "__azurite_db_blob__.json";

    // Two, because the first save may have begun before the wait, without the last changes. Saves do not overlap, so the
    // second one begins after the first and has all changes.
    private const int Saves = 2;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // The limit for each save. It is many times the interval, because saving a large file on a busy machine takes time.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Waits until everything that was written before the call is saved.</summary>
    /// <param name="file">The file of Azurite that has the written data.</param>
    /// <param name="changeAsync">Changes something in that file's data, because Azurite saves only after a change.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>True if the file was seen to be saved; false after <see cref="Longest"/>.</returns>
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

    // Count the checks instead of the time: a busy machine slows down this process as much as Azurite.
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

    // Azurite writes a new file, and renames it when it is complete. So each save changes the time or the length.
    private (DateTime WrittenAt, long Length) Look(string file)
    {
        var info = new FileInfo(Path.Combine(folder, file));
        return info.Exists ? (info.LastWriteTimeUtc, info.Length) : default;
    }
}
