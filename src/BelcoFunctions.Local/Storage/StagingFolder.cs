namespace BelcoFunctions.Local.Storage;

/// <summary>A folder to fill before it becomes <paramref name="target"/> in one step.</summary>
internal sealed class StagingFolder : IDisposable
{
    private const string FolderSuffix = ".partial";

    private readonly string target;
    private readonly FileStream inUse;

    /// <summary>Makes a folder beside the target, and removes those that interrupted runs left there.</summary>
    public StagingFolder(string target)
    {
        this.target = target;
        RemoveAbandoned();
        Path = $"{target}.{Guid.NewGuid():N}{FolderSuffix}";
        inUse = TakeLock(Path);
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    /// <summary>Gives the folder its name, unless another run was first: then the other's stays.</summary>
    public void Complete()
    {
        try
        {
            Directory.Move(Path, target);
        }
        catch (IOException) when (Directory.Exists(target))
        {
            // Both are made from the same files.
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
                // Its maker is alive.
            }
        }
    }

    /// <remarks>The operating system releases the lock, however its holder ends.</remarks>
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
            // Only space is lost, until the next start.
        }
    }
}
