namespace BelcoFunctions.Local.Hosting;

/// <summary>The folder with a local host's state, held by one process at a time.</summary>
internal sealed class DataFolder : IDisposable
{
    private const string LockName = "lock";

    // What .NET reports of a file that another process has locked, on Linux, on macOS and on Windows.
    private const int WouldBlock = 11;
    private const int WouldBlockOnMac = 35;
    private const int SharingViolation = unchecked((int)0x80070020);

    private readonly FileStream held;

    private DataFolder(string path, FileStream held) => (Path, this.held) = (path, held);

    public string Path { get; }

    /// <exception cref="LocalHostException">It cannot be written, or another process has it.</exception>
    public static DataFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            // Conversations are nobody else's business.
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(full);
            else Directory.CreateDirectory(full, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LocalHostException($"The data folder {full} cannot be created: {exception.Message} Choose another with --data.");
        }

        try
        {
            var file = System.IO.Path.Combine(full, LockName);
            return new DataFolder(full, new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (exception.HResult is WouldBlock or WouldBlockOnMac or SharingViolation)
        {
            throw new LocalHostException($"Another belco is using the data folder {full}; stop it, or choose another folder with --data.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LocalHostException($"The data folder {full} cannot be written: {exception.Message} Choose another with --data.");
        }
    }

    /// <summary>Whether another process has it. It has let go of it by its end, however it ended.</summary>
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

    public void Dispose() => held.Dispose();
}
