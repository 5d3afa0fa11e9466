namespace BelcoFunctions.Cli.Serve.Queue;

/// <summary>Keeps a database to its owner: it has customers' words.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Creates an empty file unless there is one, and takes the rights of others away. SQLite gives its log the
    /// rights of the file. On Windows, the folder decides.</summary>
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
            // Another process was first, or SQLite says what is wrong.
        }
    }
}
