using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Backups;

/// <summary>What the files of a backup contain, read from the disk.</summary>
internal sealed record BackupContents(
    IReadOnlyList<BackupFile> Files, long Conversations, long UnprojectedEvents, long Payloads, long MissingPayloads)
{
    /// <summary>Reads every line of every file.</summary>
    /// <exception cref="BackupException">A file is damaged, or one is missing between two others.</exception>
    public static async Task<BackupContents> ReadAsync(
        BackupFolder folder, IProgress<BackupProgress> progress, CancellationToken cancellationToken)
    {
        var contents = new BackupContents([], 0, 0, 0, 0);
        var files = new List<BackupFile>();
        HashSet<string> payloads = new(StringComparer.Ordinal);
        var (last, rows) = (default(PartName), 0L);
        foreach (var name in folder.Parts())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var reader = new PartReader(folder.PathOf(name));
            if (!name.HasRows)
            {
                payloads.Clear();
                await foreach (var payload in PartCheck.ReadPayloadsAsync(reader, name)) payloads.Add(payload.Name);
                contents = contents with { Payloads = contents.Payloads + payloads.Count };
            }
            else
            {
                var before = last.Section == name.Section ? last.Number : 0;
                if (name.Number != before + 1)
                    throw new BackupException($"The folder {folder.Path} lacks a part before {name}. Use another backup.");
                HashSet<string> named = new(StringComparer.Ordinal);
                await foreach (var row in PartCheck.ReadRowsAsync(reader, name))
                {
                    if (row[Column.RawBlob] is string payload && !payloads.Contains(payload)) named.Add(payload);
                    progress.Report(new(BackupStep.Checking, ++rows));
                }

                contents = contents.With(name.Section, reader.File!.Lines, named.Count);
                payloads.Clear();
                last = name;
            }

            files.Add(reader.File!);
        }

        return contents with { Files = files };
    }

    /// <summary>A manifest with the files and counts of these contents.</summary>
    public BackupManifest ToManifest(BackupStart start, DateTimeOffset completedAt) => new(
        start.Format, start.Archive, start.SchemaVersion, start.StartedAt, completedAt,
        Conversations, UnprojectedEvents, Payloads, MissingPayloads, Files);

    /// <summary>Whether a manifest has these files and counts.</summary>
    public bool Match(BackupManifest manifest) => manifest.Files.SequenceEqual(Files)
        && (manifest.Conversations, manifest.UnprojectedEvents, manifest.Payloads, manifest.MissingPayloads)
        == (Conversations, UnprojectedEvents, Payloads, MissingPayloads);

    private BackupContents With(BackupSection section, long rows, int missing) => this with
    {
        Conversations = Conversations + (section is BackupSection.Conversations ? rows : 0),
        UnprojectedEvents = UnprojectedEvents + (section is BackupSection.UnprojectedEvents ? rows : 0),
        MissingPayloads = MissingPayloads + missing,
    };
}
