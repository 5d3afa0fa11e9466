using BelcoFunctions.Local.Storage;

namespace BelcoFunctions.Local.Hosting;

/// <summary>The data folder of a local host. Only one process at a time can hold it: that process locks a file.</summary>
internal sealed class DataFolder : IDisposable
{
    private const string LockName = "lock";

    private readonly FileStream lockFile;

    private DataFolder(string path, FileStream lockFile) => (Path, this.lockFile) = (path, lockFile);

    public string Path { get; }

    /// <exception cref="LocalHostException">It cannot be written, or another process holds it.</exception>
    public static DataFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            // Conversations are private: no other user may read them.
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(full);
            else Directory.CreateDirectory(full, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
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
            throw new LocalHostException(
                $"Another belco is using the data folder {full}. Stop it, or choose another folder with --data.", exception);
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

    private static LocalHostException Unusable(string path, string verb, Exception exception) => new(
        $"The data folder {path} cannot be {verb}: {exception.Message.TrimEnd('.')}. Choose another folder with --data.",
        exception);

    public void Dispose() => lockFile.Dispose();
}
