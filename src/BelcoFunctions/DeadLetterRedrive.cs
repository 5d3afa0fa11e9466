using System.Net;
using BelcoFunctions.Pipeline.Http;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions;

/// <summary>Puts dead letters back into their queues: at most <see cref="MaxMessages"/> in a run, and within
/// <see cref="DeadLetterRun.Timeout"/>.</summary>
public sealed partial class DeadLetterRedrive(ServiceBusClient client, TimeProvider time, ILogger<DeadLetterRedrive> logger)
{
    public const int MaxMessages = 500;

    /// <summary><c>POST /api/dead-letters/redrive</c></summary>
    /// <param name="queue">One of <see cref="QueueNames"/>; null or empty for all.</param>
    /// <param name="stopping">The caller has hung up, or the host is stopping.</param>
    public async Task<HttpReply> RunAsync(string? queue, CancellationToken stopping)
    {
        var queues = DeadLetterRun.Queues(queue, out var problem);
        if (problem is not null) return problem;
        QueueRedrive[] redrives = [.. queues.Select(name => new QueueRedrive(name, began: time.GetUtcNow(), logger))];
        var end = await DeadLetterRun.RunAsync(redrives, MaxMessages, client, time, stopping);
        if (end is RunEnd.Failed failed)
        {
            LogNotRead(logger, failed.Queue, failed.Error.GetType().Name);
            return HttpReply.Problem(HttpStatusCode.ServiceUnavailable, "Dead letters not read",
                $"{failed.Queue} did not answer. Moved so far: {Count(RedriveOutcome.Moved)}. Call again.");
        }

        var (moved, left, skipped) = (Count(RedriveOutcome.Moved), Count(RedriveOutcome.Left), Count(RedriveOutcome.Skipped));
        LogDone(logger, moved, left, skipped);
        return HttpReply.Json(HttpStatusCode.OK, new()
        {
            ["moved"] = moved,
            ["left"] = left,
            ["skipped"] = skipped,
            ["more"] = end is RunEnd.Done { More: true },
        });

        int Count(RedriveOutcome outcome) => redrives.Sum(redrive => redrive.Outcomes.Count(each => each == outcome));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Redrive: {Moved} moved, {Left} left, {Skipped} skipped")]
    private static partial void LogDone(ILogger logger, int moved, int left, int skipped);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redrive: the dead letters of {Queue} could not be read: {Error}")]
    private static partial void LogNotRead(ILogger logger, string queue, string error);
}
