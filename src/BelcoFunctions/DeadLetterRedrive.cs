using System.Net;
using System.Text.Json.Nodes;
using BelcoFunctions.Pipeline.Http;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions;

/// <summary>Puts dead letters back into their queues: at most <see cref="MaxMessages"/> in a run, and within
/// <see cref="DeadLetterRun.Timeout"/>.</summary>
public sealed partial class DeadLetterRedrive(ServiceBusClient client, TimeProvider time, ILogger<DeadLetterRedrive> logger)
{
    public const int MaxMessages = 500;

    /// <summary><c>POST /api/dead-letters/redrive</c></summary>
    /// <param name="parameter">A parameter of the request: <c>queue</c>, <c>limit</c> or <c>dryRun</c>; null if it is not
    /// there.</param>
    /// <param name="stopping">The caller has hung up, or the host is stopping.</param>
    public async Task<HttpReply> RunAsync(Func<string, string?> parameter, CancellationToken stopping)
    {
        if (RedriveRequest.Read(parameter, out var problem) is not { } request) return problem!;
        using var deadline = new CancellationTokenSource(DeadLetterRun.Timeout, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping);
        try
        {
            return request.DryRun ? await PreviewAsync(request, ending.Token) : await RedriveAsync(request, ending.Token);
        }
        catch (DeadLettersNotReadException exception)
        {
            return NotRead(exception.Queue, exception.InnerException!, moved: 0);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return HttpReply.Problem(HttpStatusCode.ServiceUnavailable, "Dead letters not read", TookTooLong(request));
        }
    }

    private async Task<HttpReply> RedriveAsync(RedriveRequest request, CancellationToken ending)
    {
        var began = time.GetUtcNow();
        // One queue returns its oldest first anyway. Of several, only looking at all tells which are the oldest.
        var shares = request is { Limit: { } limit, Queues.Count: > 1 }
            ? (await DeadLetterPreview.PeekAsync(client, request, began, ending)).Take(limit).CountBy(letter => letter.Queue).ToDictionary()
            : null;
        QueueRedrive[] redrives =
        [
            .. request.Queues.Where(name => shares?.ContainsKey(name) ?? true)
                .Select(name => new QueueRedrive(name, began, logger) { MaxMessages = shares?[name] ?? MaxMessages }),
        ];
        var end = await DeadLetterRun.RunAsync(redrives, request.Limit ?? MaxMessages, client, ending);
        if (end is RunEnd.Failed failed) return NotRead(failed.Queue, failed.Error, Count(RedriveOutcome.Moved));

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

    private async Task<HttpReply> PreviewAsync(RedriveRequest request, CancellationToken ending)
    {
        var limit = request.Limit ?? MaxMessages;
        var peeked = await DeadLetterPreview.PeekAsync(client, request, time.GetUtcNow(), ending);
        var groups = peeked.Take(limit).CountBy(letter => (letter.Queue, letter.Reason)).OrderBy(group => group.Key);
        return HttpReply.Json(HttpStatusCode.OK, new()
        {
            ["dryRun"] = true,
            ["wouldMove"] = Math.Min(peeked.Count, limit),
            ["groups"] = new JsonArray(
            [
                .. groups.Select(group => new JsonObject
                {
                    ["queue"] = group.Key.Queue,
                    ["reason"] = group.Key.Reason,
                    ["count"] = group.Value,
                }),
            ]),
            ["more"] = peeked.Count > limit,
            ["note"] = "Nothing was changed. Dead letters that another call has locked are counted, "
                + "but a redrive cannot move them.",
        });
    }

    // Only peeking throws at the deadline: a run that has begun to move ends with what it has moved.
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

    [LoggerMessage(Level = LogLevel.Information, Message = "Redrive: {Moved} moved, {Left} left, {Skipped} skipped")]
    private static partial void LogDone(ILogger logger, int moved, int left, int skipped);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redrive: the dead letters of {Queue} could not be read: {Reason}")]
    private static partial void LogNotRead(ILogger logger, string queue, string reason);
}
