using System.Net;
using BelcoFunctions.Pipeline.Http;

namespace BelcoFunctions;

/// <summary>What a run does with the dead letters of one queue.</summary>
internal interface IQueueRun
{
    DeadLetterQueue DeadLetters { get; }

    /// <summary>Returns how many messages it received, at most <paramref name="limit"/>, which is not 0. Throws when the
    /// queue cannot be read.</summary>
    Task<int> RunAsync(ServiceBusClient client, int limit, CancellationToken ending);
}

/// <summary>Goes through the dead letters of one queue after the other.</summary>
internal static class DeadLetterRun
{
    /// <summary>How long a call may take, all that it does included: less than a lock lasts, and less than an HTTP caller may
    /// wait.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    /// <summary>The queues that a request names.</summary>
    /// <param name="queue">One of <see cref="QueueNames"/>; null or empty for all.</param>
    /// <param name="problem">The answer if there is no such queue.</param>
    public static IReadOnlyList<string> Queues(string? queue, out HttpReply? problem)
    {
        problem = null;
        if (string.IsNullOrEmpty(queue)) return QueueNames.All;
        if (QueueNames.All.Contains(queue)) return [queue];
        problem = HttpReply.Problem(
            HttpStatusCode.BadRequest, "Queue not known", $"The queues are {string.Join(", ", QueueNames.All)}.");
        return [];
    }

    /// <summary>Runs. Does not throw.</summary>
    /// <param name="runs">One for each queue.</param>
    /// <param name="maxMessages">How many messages to receive at most.</param>
    /// <param name="client">Opens the queues.</param>
    /// <param name="ending">Ends the run.</param>
    public static async Task<RunEnd> RunAsync(
        IReadOnlyList<IQueueRun> runs, int maxMessages, ServiceBusClient client, CancellationToken ending)
    {
        var remaining = maxMessages;
        foreach (var run in runs.TakeWhile(_ => remaining > 0))
        {
            try
            {
                remaining -= await run.RunAsync(client, remaining, ending);
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                return new RunEnd.Failed(run.DeadLetters.Name, exception);
            }
        }

        return new RunEnd.Done(
            remaining == 0 || ending.IsCancellationRequested || runs.Any(run => run.DeadLetters.IsLocked));
    }
}

/// <summary>How a run over dead letters ended.</summary>
internal abstract record RunEnd
{
    private RunEnd() { }

    /// <param name="More">Whether there may be dead letters that the run did not reach.</param>
    public sealed record Done(bool More) : RunEnd;

    /// <param name="Queue">The queue that it was at.</param>
    /// <param name="Error">Why it could not go on.</param>
    public sealed record Failed(string Queue, Exception Error) : RunEnd;
}
