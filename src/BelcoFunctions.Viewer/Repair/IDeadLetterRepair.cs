using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Viewer.Repair;

/// <summary>The dead letters of a host, and putting them back into their queues. Everything but the latest runs throws a
/// <see cref="QueueUnavailableException"/> if the queues cannot be read.</summary>
public interface IDeadLetterRepair
{
    /// <summary>Counts the selected ones by queue and reason.</summary>
    IReadOnlyList<DeadLetterGroup> Count(DeadLetterSelection selection);

    /// <summary>A page of the selected ones, the oldest first.</summary>
    DeadLetterList List(DeadLetterSelection selection);

    /// <summary>One dead letter with its body; null if there is none with this id.</summary>
    Task<(DeadLetter Letter, RawEventResult Raw)?> ReadAsync(long id, CancellationToken cancellationToken);

    /// <summary>Puts the selected ones back, <see cref="RepairRun.MaxEvents"/> at most, and follows what comes of each. Does
    /// nothing if there is a run with this id already.</summary>
    Task RedriveAsync(Guid run, DeadLetterSelection selection);

    /// <summary>A run since the host started; null if it is not known.</summary>
    RepairRun? Find(Guid run);

    /// <summary>The latest runs, the newest first.</summary>
    IReadOnlyList<RepairRun> Runs { get; }
}
