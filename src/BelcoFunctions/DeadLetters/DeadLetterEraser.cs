using System.Net;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Http;
using BelcoFunctions.Pipeline.Tables;
using BelcoFunctions.ServiceBus;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.DeadLetters;

/// <summary>Removes the dead letters of erased conversations and customers. The rows of conversations and customers
/// show which of them were erased, so the request does not have to name a person.</summary>
public sealed partial class DeadLetterEraser(
    ServiceBusClient client, ErasedDeadLetters deadLetters, TimeProvider time, ILogger<DeadLetterEraser> logger)
{
    // The most dead letters in one run. They stay in memory, and locked, until the run ends.
    public const int MaxMessages = 2_000;

    /// <summary><c>POST /api/dead-letters/erase</c></summary>
    /// <param name="queue">One of <see cref="QueueNames"/>; null or empty for all.</param>
    /// <param name="stopping">The caller has hung up, or the host is stopping.</param>
    public async Task<HttpReply> RunAsync(string? queue, CancellationToken stopping)
    {
        if (DeadLetterRun.Queues(queue, out var error) is not { } queues) return error!;
        using var run = new DeadLetterRun(client, time, logger, MaxMessages, stopping);
        var erased = deadLetters.Begin();
        // Null means that the event is erased, but the message could not be removed. The next run tries again.
        Dictionary<(string, long), StrayOutcome?> outcomes = [];
        try
        {
            foreach (var name in queues)
            {
                await foreach (var letter in run.ReceiveAsync(name, MaxMessages))
                {
                    outcomes[letter.Key] = await EraseAsync(letter, erased, run.Ending);
                }
            }
        }
        catch (OperationCanceledException) when (run.Ending.IsCancellationRequested)
        {
            // The time is over. The answer says that there may be more.
        }
        catch (Exception exception)
        {
            LogNotRead(logger, run.Queue, exception.Reason());
            var silent = exception is StoreUnavailableException ? "The storage account" : run.Queue;
            return HttpReply.Problem(HttpStatusCode.ServiceUnavailable, "Dead letters not read",
                $"{silent} did not answer. Erased so far: {Count(StrayOutcome.Erased)}. Call again.");
        }
        finally
        {
            logger.LogDamaged(erased.Remaining);
        }

        var (gone, notErased) = (Count(StrayOutcome.Erased), Count(StrayOutcome.NotErased));
        var remaining = Count(StrayOutcome.Remaining);
        LogDone(logger, gone, notErased, remaining);
        return HttpReply.Json(HttpStatusCode.OK, new()
        {
            ["erased"] = gone,
            ["notErased"] = notErased,
            ["remaining"] = remaining,
            // A dead letter that was not erased may belong to a conversation that this run erased later, so call again.
            ["more"] = run.HasMore || Count(null) > 0 || erased.ConversationsErased > 0 || erased.Remaining.AnyMaySucceed,
        });

        int Count(StrayOutcome? outcome) => outcomes.Values.Count(each => each == outcome);
    }

    private async Task<StrayOutcome?> EraseAsync(LockedDeadLetter letter, ErasureLookup erased, CancellationToken ending)
    {
        var outcome = await deadLetters.EraseAsync(letter.Message.ToDelivery(letter.Key.Queue).Event, erased, ending);
        // Its blob may already be deleted, so the message must be removed.
        if (outcome is StrayOutcome.Erased) return await letter.RemoveAsync() ? outcome : null;
        letter.IsDone = true;
        return outcome;
    }

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Dead letters: {Erased} erased, {NotErased} not erased, {Remaining} remaining")]
    private static partial void LogDone(ILogger logger, int erased, int notErased, int remaining);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Erasing: the dead letters of {Queue} could not be read: {Reason}")]
    private static partial void LogNotRead(ILogger logger, string queue, string reason);
}
