namespace BelcoFunctions.Pipeline.Backups;

/// <summary>What a part of a backup contains. A backup reads the sections in this order, and a restore writes them in the same
/// order.</summary>
internal enum BackupSection
{
    /// <summary>All rows of that table. They are read first: a replay moves an event from here to the conversations. So an event
    /// that is moved meanwhile is in both sections, not in neither.</summary>
    UnprojectedEvents,

    /// <summary>All rows of that table.</summary>
    Conversations,

    /// <summary>The rows of conversations and customers that say what was erased, read once more after everything else. So the
    /// backup knows the erasures that were made while it was written.</summary>
    Erasures,
}
