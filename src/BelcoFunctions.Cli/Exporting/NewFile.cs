using BelcoFunctions.Cli.Output;

namespace BelcoFunctions.Cli.Exporting;

/// <summary>A file that gets its name only when it is complete. Until then it is a temporary file in the same folder, which
/// is removed when something fails.</summary>
internal sealed class NewFile : IDisposable
{
    private const string TemporaryPrefix = "belco-export-";
    private const string TemporarySuffix = ".partial";

    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    private readonly string path;
    private readonly string temporary;
    private readonly bool overwrite;

    private NewFile(string path, bool overwrite, string temporary, FileStream stream) =>
        (this.path, this.overwrite, this.temporary, Stream) = (path, overwrite, temporary, stream);

    public FileStream Stream { get; }

    /// <exception cref="CommandException">The file exists, or cannot be created there.</exception>
    public static NewFile Create(string path, bool overwrite)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full);
        if (folder is null || Directory.Exists(full)) throw new CommandException($"{path} is a folder. Give --output a file.");
        if (!Directory.Exists(folder)) throw new CommandException($"There is no folder {folder}. Create it first.");
        // A user with the right to create files there (root) would replace a device with the export.
        if (!OperatingSystem.IsWindows() && full.StartsWith("/dev/", StringComparison.Ordinal))
            throw new CommandException($"{path} is not a file. For standard output, give --output -.");
        if (File.Exists(full) && !overwrite) throw Exists(path);
        try
        {
            RemoveAbandoned(folder);
            var temporary = Path.Combine(folder, $"{TemporaryPrefix}{Guid.NewGuid():N}{TemporarySuffix}");
            return new NewFile(full, overwrite, temporary, Open(temporary));
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            throw NotWritable(path, exception);
        }
    }

    /// <summary>Flushes the file to the disk, then renames it to its final name.</summary>
    /// <exception cref="CommandException">A file with that name was created meanwhile.</exception>
    public void Complete()
    {
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        if (!overwrite && File.Exists(path)) throw Exists(path);
        File.Move(temporary, path, overwrite);
    }

    /// <summary>Removes the temporary file, if it is still there.</summary>
    public void Dispose()
    {
        try
        {
            Stream.Dispose();
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            // The disk is full, so the buffered bytes cannot be written either.
        }

        try
        {
            File.Delete(temporary);
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            // The folder was removed together with the file. Do not hide the error that ended the export.
        }
    }

    /// <summary>Whether a file could not be written. .NET throws the last of these exceptions for a file that is too large
    /// for its file system, such as over 4 GiB on FAT.</summary>
    public static bool IsFailure(Exception exception) => exception
        is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: "value" };

    public static CommandException NotWritable(string path, Exception exception)
    {
        var reason = exception is ArgumentOutOfRangeException
            ? "it is too large for its disk, or for the limit of the shell (ulimit -f)" : exception.Message.TrimEnd('.');
        return new CommandException($"{path} cannot be written: {reason}.", exception);
    }

    private static CommandException Exists(string path) =>
        new($"{path} exists. Add --overwrite to replace it, or give --output another name.");

    private static FileStream Open(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            Options = FileOptions.Asynchronous,
        };
        // Conversations are private: no other user may read them.
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    // Removes the files of killed exports. An export that still runs holds the lock of its file.
    private static void RemoveAbandoned(string folder)
    {
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles($"{TemporaryPrefix}*{TemporarySuffix}"))
        {
            if (DateTime.UtcNow - file.LastWriteTimeUtc < Abandoned) continue;
            try
            {
                file.Open(FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
                file.Delete();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The file belongs to another user, or to an export that still runs.
            }
        }
    }
}
