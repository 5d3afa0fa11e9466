namespace BelcoFunctions.Pipeline.Backups;

/// <summary>A backup cannot be written or restored. The message tells the operator why, and what to do.</summary>
public sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);
