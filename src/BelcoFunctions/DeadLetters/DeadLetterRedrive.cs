using System.Globalization;
using System.Net;
using BelcoFunctions.Pipeline.Http;
using BelcoFunctions.ServiceBus;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.DeadLetters;

/// <summary>Puts dead letters back into their queues: at most <see cref="MaxMessages"/> in a call, and within
/// <see cref="DeadLetterRun.Timeout"/>. For each, it first sends a copy and then removes the dead letter, so no event is
/// lost. If it fails in between, the event exists twice, and duplicate detection or the projector drops one.</summary>
public sealed partial class DeadLetterRedrive(ServiceBusClient client, TimeProvider time, ILogger<DeadLetterRedrive> logger)
{
    public const int MaxMessages = 500;

    /// <summary>How long a queue keeps a copy. Without it, the copy would expire at the same time as the original.</summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromDays(14);

    /// <summary>What a redrive did with a dead letter.</summary>
    private enum Outcome
    {
        /// <summary>A copy is in the queue, and the dead letter was removed.</summary>
        Moved,

        /// <summary>It is still a dead letter: a step failed, or the time ran out.</summary>
        Remaining,

        /// <summary>It is not for this run: it arrived after the run began, or it is a copy that this run sent and that
        /// failed again.</summary>
        Skipped,
    }

    /// <summary><c>POST /api/dead-letters/redrive</c></summary>
    /// <param name="parameter">Returns a parameter of the request, <c>queue</c>, <c>limit</c> or <c>dryRun</c>; null if it is
    /// missing.</param>
    /// <param name="stopping">The caller has hung up, or the host is stopping.</param>
    public async Task<HttpReply> RunAsync(Func<string, string?> parameter, CancellationToken stopping)
    {
        if (RedriveRequest.Read(parameter, out var error) is not { } request) return error!;
        using var run = new DeadLetterRun(client, time, logger, request.MaxMessages, stopping);
        try
        {
            if (request.DryRun) return (await RedrivePreview.PeekAsync(run, request)).ToReply();
            // A single queue returns its oldest first. With several queues, peek at all of them to find the oldest.
            var preview = request is { Limit: not null, Queues.Count: > 1 }
                ? await RedrivePreview.PeekAsync(run, request) : null;
            return await RedriveAsync(run, request, preview);
        }
        // Only peeking throws this. A run that has begun to move dead letters answers with what it has moved.
        catch (OperationCanceledException) when (run.Ending.IsCancellationRequested)
        {
            stopping.ThrowIfCancellationRequested();
            return HttpReply.Problem(HttpStatusCode.ServiceUnavailable, "Dead letters not read", TookTooLong(request));
        }
        catch (Exception exception)
        {
            return NotRead(run.Queue, exception, moved: 0);
        }
    }

    private async Task<HttpReply> RedriveAsync(DeadLetterRun run, RedriveRequest request, RedrivePreview? preview)
    {
        Dictionary<(string, long), Outcome> outcomes = [];
        try
        {
            foreach (var queue in request.Queues)
            {
                await MoveAsync(run, queue, preview?.Count(queue) ?? request.MaxMessages, outcomes);
            }
        }
        catch (OperationCanceledException) when (run.Ending.IsCancellationRequested)
        {
            // The answer says that there may be more.
        }
        catch (Exception exception)
        {
            return NotRead(run.Queue, exception, Count(Outcome.Moved));
        }

        var (moved, remaining, skipped) = (Count(Outcome.Moved), Count(Outcome.Remaining), Count(Outcome.Skipped));
        LogDone(logger, moved, remaining, skipped);
        return HttpReply.Json(HttpStatusCode.OK, new()
        {
            ["moved"] = moved,
            ["remaining"] = remaining,
            ["skipped"] = skipped,
            ["more"] = run.HasMore,
        });

        int Count(Outcome outcome) => outcomes.Values.Count(each => each == outcome);
    }

    private async Task MoveAsync(DeadLetterRun run, string queue, int max, Dictionary<(string, long), Outcome> outcomes)
    {
        // The ids of the copies that this run has sent.
        HashSet<string> copies = [];
        var sender = client.CreateSender(queue);
        try
        {
            await foreach (var letter in run.ReceiveAsync(queue, max))
            {
                outcomes[letter.Key] = await MoveAsync(run, letter, sender, copies);
            }
        }
        finally
        {
            await ServiceBusLink.CloseAsync(sender);
        }
    }

    private async Task<Outcome> MoveAsync(
        DeadLetterRun run, LockedDeadLetter letter, ServiceBusSender sender, HashSet<string> copies)
    {
        var (message, number) = (letter.Message, letter.Key.Number);
        // A message that somebody sent by hand may have no id.
        var id = string.IsNullOrEmpty(message.MessageId) ? number.ToString(CultureInfo.InvariantCulture) : message.MessageId;
        // Otherwise, a copy that failed again would be moved again and again.
        if (message.EnqueuedTime > run.Began || copies.Contains(id)) return Outcome.Skipped;
        // The run is over, so the remaining received messages stay dead letters.
        if (run.Ending.IsCancellationRequested) return Outcome.Remaining;
        try
        {
            var copyId = MessageIds.OfCopy(id, number);
            // A dead letter that could not be removed is received again when its lock expires. Its copy was already sent.
            if (!copies.Contains(copyId))
            {
                await sender.SendMessageAsync(Copy(message, copyId), run.Ending);
                copies.Add(copyId);
            }
        }
        catch (Exception exception)
        {
            LogNotMoved(logger, letter.Key.Queue, exception.Reason());
            return Outcome.Remaining;
        }

        return await letter.RemoveAsync() ? Outcome.Moved : Outcome.Remaining;
    }

    private static ServiceBusMessage Copy(ServiceBusReceivedMessage message, string id)
    {
        var copy = new ServiceBusMessage(message) { MessageId = id, TimeToLive = TimeToLive };
        // The copy starts without failures, like any new message.
        copy.ApplicationProperties.Remove(EventMessage.FailuresProperty);
        return copy;
    }

    private static string TookTooLong(RedriveRequest request) =>
        $"Looking at the dead letters took longer than {DeadLetterRun.Timeout.TotalSeconds:0} seconds. "
            + (request.DryRun ? "Nothing was changed. " : "Nothing was moved. ")
            + (request.Queues.Count > 1 ? "Name a queue, or call again." : "Call again.");

    private HttpReply NotRead(string queue, Exception error, int moved)
    {
        LogNotRead(logger, queue, error.Reason());
        return HttpReply.Problem(HttpStatusCode.ServiceUnavailable, "Dead letters not read",
            $"{queue} did not answer. Moved so far: {moved}. Call again.");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Redrive: {Moved} moved, {Remaining} remaining, {Skipped} skipped")]
    private static partial void LogDone(ILogger logger, int moved, int remaining, int skipped);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Queue}: a dead letter was not moved: {Reason}")]
    private static partial void LogNotMoved(ILogger logger, string queue, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redrive: the dead letters of {Queue} could not be read: {Reason}")]
    private static partial void LogNotRead(ILogger logger, string queue, string reason);
}
