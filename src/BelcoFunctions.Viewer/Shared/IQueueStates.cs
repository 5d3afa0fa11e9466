namespace BelcoFunctions.Viewer.Shared;

/// <summary>The queues of a host.</summary>
public interface IQueueStates
{
    /// <summary>The state of each queue, at most a short time old.</summary>
    IReadOnlyList<QueueState> ReadQueues();
}
