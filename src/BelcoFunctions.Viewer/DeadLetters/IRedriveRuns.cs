using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Viewer.Shared.Repair;

namespace BelcoFunctions.Viewer.DeadLetters;

/// <summary>Puts dead letters back into their queues, and follows what comes of each.</summary>
public interface IRedriveRuns
{
    /// <summary>Puts the selected ones back, <see cref="RepairRun.MaxEvents"/> at most. Does nothing if there is a run with this
    /// id already.</summary>
    /// <exception cref="QueueUnavailableException"/>
    Task RedriveAsync(Guid run, DeadLetterSelection selection);

    /// <summary>A run since the host started; null if it is not known.</summary>
    /// <exception cref="QueueUnavailableException"/>
    RepairRun? Find(Guid run);

    /// <summary>The latest runs, the newest first.</summary>
    IReadOnlyList<RepairRun> Runs { get; }
}
