namespace BelcoFunctions.Viewer.Shared;

/// <summary>The queues of a host.</summary>
public interface IQueueStates
{
    /// <summary>The queues, as they were a short time ago at most.</summary>
    IReadOnlyList<QueueState> ReadQueues();
}
