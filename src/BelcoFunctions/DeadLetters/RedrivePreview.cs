using System.Net;
using System.Text.Json.Nodes;
using BelcoFunctions.Pipeline.Http;

namespace BelcoFunctions.DeadLetters;

/// <summary>The dead letters that a redrive would take, according to a peek. A peek does not tell which ones another run has
/// locked.</summary>
/// <param name="Letters">In the order in which the redrive takes them.</param>
/// <param name="HasMore">Whether there are more.</param>
internal sealed record RedrivePreview(IReadOnlyList<PeekedDeadLetter> Letters, bool HasMore)
{
    /// <summary>Throws when a queue cannot be read.</summary>
    public static async Task<RedrivePreview> PeekAsync(DeadLetterRun run, RedriveRequest request)
    {
        List<PeekedDeadLetter> letters = [];
        foreach (var queue in request.Queues)
        {
            // Peek at one more than the limit, to know whether there are more.
            var messages = await run.PeekAsync(queue, request.MaxMessages + 1);
            letters.AddRange(messages.Select(message => new PeekedDeadLetter(queue, Reason(message), message.EnqueuedTime)));
        }

        // Without a limit, a redrive empties one queue after the other.
        IEnumerable<PeekedDeadLetter> inOrder =
            request.Limit is null ? letters : letters.OrderBy(letter => letter.EnqueuedTime);
        return new([.. inOrder.Take(request.MaxMessages)], HasMore: letters.Count > request.MaxMessages);
    }

    /// <summary>How many dead letters the redrive would take from a queue.</summary>
    public int Count(string queue) => Letters.Count(letter => letter.Queue == queue);

    /// <summary>The answer to a dry run.</summary>
    public HttpReply ToReply() => HttpReply.Json(HttpStatusCode.OK, new()
    {
        ["dryRun"] = true,
        ["wouldMove"] = Letters.Count,
        ["groups"] = new JsonArray(
        [
            .. Letters.CountBy(letter => (letter.Queue, letter.Reason)).OrderBy(group => group.Key)
                .Select(group => new JsonObject
                {
                    ["queue"] = group.Key.Queue,
                    ["reason"] = group.Key.Reason,
                    ["count"] = group.Value,
                }),
        ]),
        ["more"] = HasMore,
        ["note"] = "Nothing was changed. Dead letters that another call has locked are counted, "
            + "but a redrive cannot move them.",
    });

    // Without a reason, somebody moved the message there by hand.
    private static string Reason(ServiceBusReceivedMessage message) =>
        message.ApplicationProperties.TryGetValue("DeadLetterReason", out var reason) && reason is string { Length: > 0 } text
            ? text : "Unknown";
}

/// <param name="Queue">Its queue.</param>
/// <param name="Reason">Why it is a dead letter.</param>
/// <param name="EnqueuedTime">When it arrived in the queue.</param>
internal readonly record struct PeekedDeadLetter(string Queue, string Reason, DateTimeOffset EnqueuedTime);
