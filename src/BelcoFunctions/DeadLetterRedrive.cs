using System.Net;
using BelcoFunctions.Pipeline.Http;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions;

/// <summary>Puts dead letters back into their queues: at most <see cref="MaxMessages"/> in a run, and within
/// <see cref="RunTimeout"/>.</summary>
public sealed partial class DeadLetterRedrive(ServiceBusClient client, TimeProvider time, ILogger<DeadLetterRedrive> logger)
{
    public const int MaxMessages = 500;

    /// <summary>How long a run may take: less than a lock lasts, and less than an HTTP caller may wait.</summary>
    public static readonly TimeSpan RunTimeout = TimeSpan.FromSeconds(60);

    /// <summary><c>POST /api/dead-letters/redrive</c></summary>
    /// <param name="queue">One of <see cref="QueueNames"/>; null or empty for all.</param>
    /// <param name="stopping">The caller has hung up, or the host is stopping.</param>
    public async Task<HttpReply> RunAsync(string? queue, CancellationToken stopping)
    {
        string[] queues = string.IsNullOrEmpty(queue) ? [.. QueueNames.All] : [queue];
        if (!QueueNames.All.Contains(queues[0]))
        {
            return HttpReply.Problem(
                HttpStatusCode.BadRequest, "Queue not known", $"The queues are {string.Join(", ", QueueNames.All)}.");
        }

        using var deadline = new CancellationTokenSource(RunTimeout, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping);
        QueueRedrive[] redrives = [.. queues.Select(name => new QueueRedrive(name, began: time.GetUtcNow(), logger))];
        var remaining = MaxMessages;
        foreach (var redrive in redrives.TakeWhile(_ => remaining > 0))
        {
            try
            {
                remaining -= await redrive.RunAsync(client, remaining, ending.Token);
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                LogNotRead(logger, redrive.Queue, exception.GetType().Name);
                return HttpReply.Problem(HttpStatusCode.ServiceUnavailable, "Dead letters not read",
                    $"{redrive.Queue} did not answer. Moved so far: {Count(RedriveOutcome.Moved)}. Call again.");
            }
        }

        var (moved, left, skipped) = (Count(RedriveOutcome.Moved), Count(RedriveOutcome.Left), Count(RedriveOutcome.Skipped));
        LogDone(logger, moved, left, skipped);
        return HttpReply.Json(HttpStatusCode.OK, new()
        {
            ["moved"] = moved,
            ["left"] = left,
            ["skipped"] = skipped,
            ["more"] = remaining == 0 || ending.IsCancellationRequested || redrives.Any(redrive => redrive.IsLocked),
        });

        int Count(RedriveOutcome outcome) => redrives.Sum(redrive => redrive.Outcomes.Count(each => each == outcome));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Redrive: {Moved} moved, {Left} left, {Skipped} skipped")]
    private static partial void LogDone(ILogger logger, int moved, int left, int skipped);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redrive: the dead letters of {Queue} could not be read: {Error}")]
    private static partial void LogNotRead(ILogger logger, string queue, string error);
}
