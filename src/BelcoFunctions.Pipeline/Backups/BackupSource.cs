using System.Security.Cryptography;
using System.Text.Json;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Backups;

/// <summary>A backup whose files were all read and are as its manifest says.</summary>
internal sealed class BackupSource
{
    private readonly BackupFolder folder;
    private readonly Dictionary<PartName, BackupFile> files;

    private BackupSource(BackupFolder folder, BackupManifest manifest)
    {
        (this.folder, Manifest) = (folder, manifest);
        files = manifest.Files.ToDictionary(file => PartName.Parse(file.Name)!.Value);
        Parts = [.. files.Keys.Order()];
        Id = Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(manifest, BackupJson.Options)));
    }

    public BackupManifest Manifest { get; }

    /// <summary>A hash of the manifest, and so of everything in the backup.</summary>
    public string Id { get; }

    /// <summary>The files, in the order in which they are restored.</summary>
    public IReadOnlyList<PartName> Parts { get; }

    /// <summary>Reads every line of every file, and compares them with the manifest.</summary>
    /// <exception cref="BackupException">The folder is no complete backup of this version, or something in it was
    /// changed.</exception>
    public static async Task<BackupSource> OpenAsync(
        string path, IProgress<BackupProgress> progress, CancellationToken cancellationToken)
    {
        var folder = new BackupFolder(path);
        if (!Directory.Exists(folder.Path)) throw new BackupException($"There is no folder {folder.Path}.");
        if (folder.ReadManifest() is not { } manifest)
            throw new BackupException($"The folder {folder.Path} has no manifest: it is no backup, or one that is not complete. "
                + "To complete it, run belco backup again with the same folder.");
        if (manifest.SchemaVersion != RowValues.SchemaVersion || manifest.Format != BackupManifest.CurrentFormat)
            throw new BackupException(
                $"The backup has rows of SchemaVersion {manifest.SchemaVersion} in format {manifest.Format}. This belco restores "
                + $"SchemaVersion {RowValues.SchemaVersion} in format {BackupManifest.CurrentFormat}. "
                + "Use the version of belco that wrote it.");
        if (folder.FindOther() is { } other)
            throw new BackupException($"The folder {folder.Path} has something that is not of the backup: {other}. Remove it.");
        CheckNames(folder, manifest);
        // The lengths first: they show most damage at once.
        Check(manifest.Files.FirstOrDefault(file => folder.LengthOf(PartName.Parse(file.Name)!.Value) != file.Bytes));
        var contents = await BackupContents.ReadAsync(folder, progress, cancellationToken);
        Check(contents.Files.Except(manifest.Files).FirstOrDefault());
        return contents.Match(manifest)
            ? new BackupSource(folder, manifest)
            : throw new BackupException("The manifest of the backup was changed: its counts are not those of its files. "
                + "Use another backup.");
    }

    /// <summary>The rows of a file.</summary>
    /// <exception cref="BackupException">It has changed since it was checked.</exception>
    public IAsyncEnumerable<TableEntity> ReadRowsAsync(PartName name) => ReadAsync(name, PartCheck.ReadRowsAsync);

    /// <inheritdoc cref="ReadRowsAsync"/>
    public IAsyncEnumerable<PayloadLine> ReadPayloadsAsync(PartName name) => ReadAsync(name, PartCheck.ReadPayloadsAsync);

    private async IAsyncEnumerable<T> ReadAsync<T>(PartName name, Func<PartReader, PartName, IAsyncEnumerable<T>> read)
    {
        var reader = new PartReader(folder.PathOf(name));
        await foreach (var value in read(reader, name)) yield return value;
        if (reader.File != files[name]) throw PartCheck.Damaged(name, "It has changed since it was checked.");
    }

    private static void Check(BackupFile? changed)
    {
        if (changed is not null)
            throw new BackupException(
                $"The file {changed.Name} of the backup was changed or is not complete. Use another backup.");
    }

    // A name that is not exactly that of a part, such as one with a path, is never opened.
    private static void CheckNames(BackupFolder folder, BackupManifest manifest)
    {
        // A list in JSON can have null.
        var listed = manifest.Files.Select(file => file?.Name ?? "").ToList();
        var found = folder.Parts().Select(name => name.ToString()).ToList();
        if (listed.Find(name => PartName.Parse(name) is null) is { } hostile)
            throw new BackupException(
                $"The manifest of the backup names a file that no backup has: {hostile}. Use another backup.");
        if (listed.Except(found).FirstOrDefault() is { } missing)
            throw new BackupException($"The backup lacks the file {missing}. Use another backup.");
        if (found.Except(listed).FirstOrDefault() is { } extra)
            throw new BackupException($"The folder {folder.Path} has a file that the manifest does not name: {extra}. "
                + "Use another backup.");
        if (!listed.SequenceEqual(found))
            throw new BackupException("The manifest of the backup was changed: its files are not in order. Use another backup.");
    }
}
