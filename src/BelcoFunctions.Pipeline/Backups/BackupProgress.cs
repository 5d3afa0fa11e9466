namespace BelcoFunctions.Pipeline.Backups;

/// <summary>How far a backup or a restore is.</summary>
/// <param name="Step">What it does now.</param>
/// <param name="Count">Rows; conversations while it rebuilds.</param>
public readonly record struct BackupProgress(BackupStep Step, long Count);

/// <summary>The steps of a backup (reading, checking) and of a restore (checking, writing, rebuilding).</summary>
public enum BackupStep
{
    Reading,
    Checking,
    Writing,
    Rebuilding,
}
