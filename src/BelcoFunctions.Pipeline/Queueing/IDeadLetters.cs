namespace BelcoFunctions.Pipeline.Queueing;

/// <summary>Reads the dead letters of a host.</summary>
public interface IDeadLetters
{
    /// <summary>Counts the selected ones by queue and reason.</summary>
    /// <exception cref="QueueUnavailableException"/>
    IReadOnlyList<DeadLetterGroup> Count(DeadLetterSelection selection);

    /// <summary>A page of the selected ones, the oldest first.</summary>
    /// <exception cref="QueueUnavailableException"/>
    DeadLetterList List(DeadLetterSelection selection);

    /// <summary>One dead letter with its body; null if there is none with this id.</summary>
    /// <exception cref="QueueUnavailableException"/>
    Task<(DeadLetter Letter, RawEventResult Raw)?> ReadAsync(long id, CancellationToken cancellationToken);
}
