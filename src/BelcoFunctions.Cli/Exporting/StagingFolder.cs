namespace BelcoFunctions.Cli.Exporting;

/// <summary>A folder to fill. It then becomes the target folder in one step, so that the target is never incomplete.</summary>
internal sealed class StagingFolder : IDisposable
{
    private const string FolderSuffix = ".partial";

    private readonly string target;
    private readonly FileStream inUse;

    /// <summary>Creates a folder beside the target, and removes those that interrupted runs left there.</summary>
    public StagingFolder(string target)
    {
        this.target = target;
        RemoveAbandoned();
        Path = $"{target}.{Guid.NewGuid():N}{FolderSuffix}";
        inUse = TakeLock(Path);
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    /// <summary>Renames the folder to the target. Returns false if another run has created the target first; the target then
    /// stays as it is.</summary>
    public bool Complete()
    {
        try
        {
            Directory.Move(Path, target);
            return true;
        }
        catch (IOException) when (Directory.Exists(target))
        {
            return false;
        }
    }

    public void Dispose()
    {
        Delete(Path);
        inUse.Dispose();
    }

    private void RemoveAbandoned()
    {
        var parent = System.IO.Path.GetDirectoryName(target)!;
        foreach (var folder in Directory.EnumerateDirectories(parent, System.IO.Path.GetFileName(target) + ".*" + FolderSuffix))
        {
            try
            {
                using var abandoned = TakeLock(folder);
                Delete(folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The run that created it is still busy.
            }
        }
    }

    /// <remarks>The operating system frees the lock of a killed process.</remarks>
    private static FileStream TakeLock(string folder) => new(
        folder + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It only takes space. The next start tries again.
        }
    }
}
