using System.Net;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Http;
using BelcoFunctions.Pipeline.Tables;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions;

/// <summary>Removes the dead letters of erased conversations and customers. The rows say which those are, so no request names a
/// person.</summary>
public sealed partial class DeadLetterErasure(
    ServiceBusClient client, ErasedDeadLetters deadLetters, TimeProvider time, ILogger<DeadLetterErasure> logger)
{
    // All of them stay in memory and locked until the run ends.
    public const int MaxMessages = 2_000;

    /// <summary><c>POST /api/dead-letters/erase</c></summary>
    /// <param name="queue">One of <see cref="QueueNames"/>; null or empty for all.</param>
    /// <param name="stopping">The caller has hung up, or the host is stopping.</param>
    public async Task<HttpReply> RunAsync(string? queue, CancellationToken stopping)
    {
        var queues = DeadLetterRun.Queues(queue, out var problem);
        if (problem is not null) return problem;
        var erased = deadLetters.Begin();
        QueueErasure[] erasures = [.. queues.Select(name => new QueueErasure(name, deadLetters, erased, logger))];
        using var deadline = new CancellationTokenSource(DeadLetterRun.Timeout, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping);
        var end = await DeadLetterRun.RunAsync(erasures, MaxMessages, client, ending.Token);
        var (gone, kept, left) = (Count(ErasureOutcome.Erased), Count(ErasureOutcome.Kept), Count(ErasureOutcome.Left));
        logger.LogDamaged(erased.Left);
        if (end is RunEnd.Failed failed)
        {
            LogNotRead(logger, failed.Queue, failed.Error.Reason());
            var silent = failed.Error is StoreUnavailableException ? "The storage account" : failed.Queue;
            return HttpReply.Problem(HttpStatusCode.ServiceUnavailable, "Dead letters not read",
                $"{silent} did not answer. Erased so far: {gone}. Call again.");
        }

        LogDone(logger, gone, kept, left);
        return HttpReply.Json(HttpStatusCode.OK, new()
        {
            ["erased"] = gone,
            ["kept"] = kept,
            ["left"] = left,
            // Those that were kept may belong to a conversation that was erased since.
            ["more"] = end is RunEnd.Done { More: true } || Count(ErasureOutcome.Pending) > 0 || erased.ConversationsErased > 0
                || erased.Left.AnyMaySucceed,
        });

        int Count(ErasureOutcome outcome) => erasures.Sum(erasure => erasure.Outcomes.Count(each => each == outcome));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Dead letters: {Erased} erased, {Kept} kept, {Left} left")]
    private static partial void LogDone(ILogger logger, int erased, int kept, int left);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Erasing: the dead letters of {Queue} could not be read: {Reason}")]
    private static partial void LogNotRead(ILogger logger, string queue, string reason);
}
