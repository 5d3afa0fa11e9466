using BelcoFunctions.Cli.Azurite;
using BelcoFunctions.Cli.Output;

namespace BelcoFunctions.Cli.Serve.Host;

/// <summary>The data folder of a local host. Only one process at a time can hold it: that process locks a file.</summary>
internal sealed class DataFolder : IDisposable
{
    private const string LockName = "lock";
    private const string AzuriteName = "azurite";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream lockFile;

    private DataFolder(string path, FileStream lockFile) => (Path, this.lockFile) = (path, lockFile);

    public string Path { get; }

    /// <exception cref="CommandException">It cannot be written, or another process holds it.</exception>
    public static DataFolder Open(string path) => TryOpen(path) ?? throw new CommandException(
        $"Another belco is using the data folder {System.IO.Path.GetFullPath(path)}. "
            + "Stop it, or choose another folder with --data.");

    /// <returns>Null if another process holds it.</returns>
    /// <exception cref="CommandException">It cannot be written.</exception>
    public static DataFolder? TryOpen(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            Create(full);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(full, "created", exception);
        }

        try
        {
            var file = System.IO.Path.Combine(full, LockName);
            return new DataFolder(full, new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (FileLock.IsHeld(exception))
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(full, "written", exception);
        }
    }

    /// <summary>Whether another process holds the folder. The operating system frees the lock of a killed process.</summary>
    public static bool IsLocked(string path)
    {
        try
        {
            File.Open(System.IO.Path.Combine(path, LockName), FileMode.Open, FileAccess.Read, FileShare.Read).Dispose();
            return false;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>The folder for the files of Azurite in a data folder.</summary>
    public static string AzuriteFiles(string path) => System.IO.Path.Combine(path, AzuriteName);

    /// <summary>Creates the folder for Azurite's files, readable only for its owner, even if somebody else created the data
    /// folder.</summary>
    /// <exception cref="CommandException">It cannot be created, or belongs to another user.</exception>
    public string PrepareAzuriteFiles()
    {
        var azurite = AzuriteFiles(Path);
        try
        {
            Create(azurite);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(azurite, OwnerOnly);
            return azurite;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(azurite, "kept to you", exception);
        }
    }

    // Conversations are private: no other user may read them.
    private static void Create(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, OwnerOnly);
    }

    private static CommandException Unusable(string path, string verb, Exception exception) => new(
        $"The data folder {path} cannot be {verb}: {exception.Message.TrimEnd('.')}. Choose another folder with --data.",
        exception);

    public void Dispose() => lockFile.Dispose();
}
