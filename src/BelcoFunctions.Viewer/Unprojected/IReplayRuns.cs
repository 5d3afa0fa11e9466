using BelcoFunctions.Pipeline.Unprojected;
using BelcoFunctions.Viewer.Shared.Repair;

namespace BelcoFunctions.Viewer.Unprojected;

/// <summary>Replays unprojected events in the background, one replay at a time.</summary>
public interface IReplayRuns
{
    /// <summary>Begins a replay, unless another one is running or this id was already used.</summary>
    /// <param name="run">The id of the run.</param>
    /// <param name="selection">Which events.</param>
    /// <param name="limit">How many to project at most; null for all.</param>
    /// <returns>The run with this id, or the one that is running.</returns>
    RepairRun Begin(Guid run, UnprojectedSelection selection, int? limit);

    /// <summary>A run since the host started; null if it is not known.</summary>
    RepairRun? Find(Guid run);

    /// <summary>The latest runs, the newest first.</summary>
    IReadOnlyList<RepairRun> Runs { get; }
}
