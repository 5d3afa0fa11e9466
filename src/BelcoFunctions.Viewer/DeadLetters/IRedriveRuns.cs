using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Viewer.Shared.Repair;

namespace BelcoFunctions.Viewer.DeadLetters;

/// <summary>Puts dead letters back into their queues, and follows the result of each.</summary>
public interface IRedriveRuns
{
    /// <summary>Puts the selected dead letters back, at most <see cref="RepairRun.MaxEvents"/>. Does nothing if a run with
    /// this id already exists.</summary>
    /// <exception cref="QueueUnavailableException"/>
    Task RedriveAsync(Guid run, DeadLetterSelection selection);

    /// <summary>A run since the host started; null if it is not known.</summary>
    /// <exception cref="QueueUnavailableException"/>
    RepairRun? Find(Guid run);

    /// <summary>The latest runs, the newest first.</summary>
    IReadOnlyList<RepairRun> Runs { get; }
}
