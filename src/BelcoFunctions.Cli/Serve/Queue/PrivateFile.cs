namespace BelcoFunctions.Cli.Serve.Queue;

/// <summary>Makes a database readable only for its owner, because it has customers' messages.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Creates an empty file if there is none, and removes the rights of other users. SQLite gives its log the same
    /// rights as the file. On Windows, the rights of the folder apply.</summary>
    /// <exception cref="UnauthorizedAccessException">The file belongs to somebody else.</exception>
    public static void Ensure(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        if (!Path.Exists(path)) Create(path);
        foreach (var file in (string[])[path, path + "-wal", path + "-shm"])
        {
            if (File.Exists(file) && (File.GetUnixFileMode(file) & ~OwnerOnly) != 0) File.SetUnixFileMode(file, OwnerOnly);
        }
    }

    private static void Create(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        try
        {
            new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = OwnerOnly,
            }).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another process has created the file, or opening it with SQLite will give the error.
        }
    }
}
