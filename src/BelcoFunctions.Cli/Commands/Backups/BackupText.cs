using BelcoFunctions.Pipeline.Backups;

namespace BelcoFunctions.Cli.Commands.Backups;

/// <summary>What a backup contains, in words.</summary>
internal static class BackupText
{
    /// <summary>Like <c>1,200 rows of conversations, 3 unprojected events and 2 payloads</c>.</summary>
    public static string Contents(BackupManifest manifest) =>
        $"{CountText.Format(manifest.Conversations, "row")} of conversations, "
        + $"{CountText.Format(manifest.UnprojectedEvents, "unprojected event")} and "
        + $"{CountText.Format(manifest.Payloads, "payload")}";
}
