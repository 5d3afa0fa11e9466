using System.Text.Json;

namespace BelcoFunctions.Pipeline.Backups;

/// <summary>What a complete backup contains. It is written last, so a folder without it is no backup yet.</summary>
/// <param name="Format">The form of the files: 1.</param>
/// <param name="Archive">Where the rows came from.</param>
/// <param name="SchemaVersion">The version of the rows. Only a belco with the same one can restore them.</param>
/// <param name="StartedAt">By the store's clock. Everything that was stored before this moment, and not erased since, is in
/// the backup; what was stored later may be.</param>
/// <param name="CompletedAt">By this machine's clock.</param>
/// <param name="Conversations">Rows of the table Conversations.</param>
/// <param name="UnprojectedEvents">Rows of that table.</param>
/// <param name="Payloads">Payload blobs.</param>
/// <param name="MissingPayloads">Payload blobs that a row names and the archive did not have.</param>
/// <param name="Files">All files, in the order in which they are restored.</param>
public sealed record BackupManifest(
    int Format, string Archive, int SchemaVersion, DateTimeOffset StartedAt, DateTimeOffset CompletedAt,
    long Conversations, long UnprojectedEvents, long Payloads, long MissingPayloads, IReadOnlyList<BackupFile> Files)
{
    internal const int CurrentFormat = 1;
}

/// <summary>A file of a backup.</summary>
/// <param name="Name">Its name in the folder.</param>
/// <param name="Lines">A line is a row or a payload.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Of the whole file, in hexadecimal digits.</param>
public sealed record BackupFile(string Name, long Lines, long Bytes, string Sha256);

/// <summary>What a backup is of. It is written first, so that an interrupted backup goes on only with the same archive.</summary>
internal sealed record BackupStart(int Format, string Archive, int SchemaVersion, DateTimeOffset StartedAt);

/// <summary>How the two are written. Reading refuses whatever they do not have.</summary>
internal static class BackupJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
    };
}
