namespace BelcoFunctions.Cli.Azurite;

/// <summary>Lets only one process at a time install something. The others wait, and then find it installed.</summary>
internal static class InstallationLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until no other process has the lock, and takes it. Dispose the result to free the lock. The operating
    /// system frees the lock of a killed process.</summary>
    /// <param name="target">The path of what is installed. The lock is a file beside it.</param>
    /// <param name="waits">Is called once if another process has the lock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<IDisposable> TakeAsync(string target, Action waits, CancellationToken cancellationToken)
    {
        if (TryTake(target) is { } free) return free;
        waits();
        while (true)
        {
            await Task.Delay(Pause, cancellationToken);
            if (TryTake(target) is { } taken) return taken;
        }
    }

    private static FileStream? TryTake(string target)
    {
        try
        {
            return new FileStream(target + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None,
                bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (IOException exception) when (FileLock.IsHeld(exception))
        {
            return null;
        }
    }
}
