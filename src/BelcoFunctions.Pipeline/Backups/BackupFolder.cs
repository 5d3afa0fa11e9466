using System.Text.Json;

namespace BelcoFunctions.Pipeline.Backups;

/// <summary>The folder of a backup. Its files are readable only for their owner: they have customers' messages.</summary>
internal sealed class BackupFolder(string path)
{
    private const string ManifestName = "manifest.json";
    private const string StartName = "started.json";
    private const string LockName = "lock";
    private const string PartialSuffix = ".partial";
    private const int MaxManifestBytes = 64 * 1024 * 1024;
    private const UnixFileMode OwnerOnlyFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Creates the folder if it is missing, and locks it against a second backup. The operating system frees the lock
    /// of a killed process.</summary>
    /// <exception cref="BackupException">Another process holds it, or it is no folder to write to.</exception>
    public FileStream CreateAndLock()
    {
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(Path);
            else Directory.CreateDirectory(Path, OwnerOnlyFile | UnixFileMode.UserExecute);
            return Open(LockName, FileMode.OpenOrCreate, FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"The folder {Path} cannot be used: {exception.Message.TrimEnd('.')}. "
                + "If another belco writes a backup there, wait for it. Otherwise choose another folder.", exception);
        }
    }

    /// <summary>The parts that are complete, in order.</summary>
    public List<PartName> Parts() => [.. Entries().Select(entry => PartName.Parse(entry.Name)).OfType<PartName>().Order()];

    /// <summary>The first name in the folder that belongs to no backup, such as that of a symbolic link; null if there is
    /// none.</summary>
    public string? FindOther() => Entries().FirstOrDefault(entry => !IsFile(entry) || !IsKnown(entry.Name))?.Name;

    public string PathOf(PartName name) => In(name.ToString());

    public long LengthOf(PartName name) => new FileInfo(PathOf(name)).Length;

    /// <summary>A new file for a part. It gets its name when it is complete.</summary>
    public FileStream CreatePartial(PartName name) => Open(name + PartialSuffix, FileMode.CreateNew);

    /// <summary>Saves the file on the disk, and gives it its name.</summary>
    public void Complete(PartName name, FileStream partial) => Complete(name.ToString(), partial);

    public void Delete(PartName name) => File.Delete(PathOf(name));

    /// <summary>Removes the incomplete files of a killed backup: those without their name, and payloads without their
    /// rows.</summary>
    public void DeleteIncomplete()
    {
        foreach (var entry in Entries().Where(entry => IsPartial(entry.Name) && IsKnown(entry.Name))) entry.Delete();
        var parts = Parts();
        foreach (var name in parts.Where(name => !parts.Contains(name with { HasRows = true }))) Delete(name);
    }

    /// <exception cref="BackupException">It cannot be read.</exception>
    public BackupStart? ReadStart() => Read<BackupStart>(StartName);

    public void WriteStart(BackupStart start) => Write(StartName, start);

    /// <exception cref="BackupException">It cannot be read.</exception>
    public BackupManifest? ReadManifest() => Read<BackupManifest>(ManifestName);

    public void WriteManifest(BackupManifest manifest)
    {
        Write(ManifestName, manifest);
        File.Delete(In(StartName));
    }

    private IEnumerable<FileSystemInfo> Entries() => new DirectoryInfo(Path).EnumerateFileSystemInfos();

    private static bool IsPartial(string name) => name.EndsWith(PartialSuffix, StringComparison.Ordinal);

    private static bool IsKnown(string name)
    {
        if (name is LockName) return true;
        var complete = IsPartial(name) ? name[..^PartialSuffix.Length] : name;
        return complete is ManifestName or StartName || PartName.Parse(complete) is not null;
    }

    private static bool IsFile(FileSystemInfo entry) =>
        (entry.Attributes & (FileAttributes.Directory | FileAttributes.ReparsePoint | FileAttributes.Device)) == 0;

    private string In(string name) => System.IO.Path.Combine(Path, name);

    private T? Read<T>(string name) where T : class
    {
        var file = new FileInfo(In(name));
        if (!file.Exists) return null;
        try
        {
            // A pipe has the length 0, and reading it might never end.
            if (!IsFile(file) || file.Length is 0 or > MaxManifestBytes) throw new JsonException("It is empty, or too large.");
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(file.FullName), BackupJson.Options)
                ?? throw new JsonException("It is null.");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            throw new BackupException($"The file {name} in the folder {Path} is damaged. Use another backup.", exception);
        }
    }

    private void Write<T>(string name, T value)
    {
        var partial = Open(name + PartialSuffix, FileMode.CreateNew);
        JsonSerializer.Serialize(partial, value, BackupJson.Options);
        Complete(name, partial);
    }

    private void Complete(string name, FileStream partial)
    {
        using (partial) partial.Flush(flushToDisk: true);
        File.Move(partial.Name, In(name), overwrite: true);
    }

    private FileStream Open(string name, FileMode mode, FileOptions option = FileOptions.None)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = option,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnlyFile;
        return new FileStream(In(name), options);
    }
}
