namespace BelcoFunctions;

/// <summary>What a redrive would take, as far as peeking tells. Peeking locks nothing and counts as no delivery. It does not tell
/// which dead letters another run has locked.</summary>
internal static class DeadLetterPreview
{
    private static readonly ServiceBusReceiverOptions DeadLetters = new() { SubQueue = SubQueue.DeadLetter };

    /// <summary>Peeks at the dead letters that a redrive would take. Throws when a queue cannot be read.</summary>
    /// <param name="client">Opens the queues.</param>
    /// <param name="request">Which queues, and how many. One more is returned if there are more.</param>
    /// <param name="through">What came later is passed over, as a redrive does.</param>
    /// <param name="ending">Ends it.</param>
    public static async Task<IReadOnlyList<PeekedDeadLetter>> PeekAsync(
        ServiceBusClient client, RedriveRequest request, DateTimeOffset through, CancellationToken ending)
    {
        var max = (request.Limit ?? DeadLetterRedrive.MaxMessages) + 1;
        List<PeekedDeadLetter> peeked = [];
        foreach (var queue in request.Queues)
        {
            try
            {
                peeked.AddRange(await PeekAsync(client, queue, max, through, ending));
            }
            catch (Exception exception) when (!ending.IsCancellationRequested)
            {
                throw new DeadLettersNotReadException(queue, exception);
            }
        }

        // Without a limit, a redrive empties one queue after the other.
        IEnumerable<PeekedDeadLetter> inOrder = request.Limit is null ? peeked : peeked.OrderBy(each => each.EnqueuedTime);
        return [.. inOrder.Take(max)];
    }

    private static async Task<List<PeekedDeadLetter>> PeekAsync(
        ServiceBusClient client, string queue, int max, DateTimeOffset through, CancellationToken ending)
    {
        var receiver = client.CreateReceiver(queue, DeadLetters);
        try
        {
            List<PeekedDeadLetter> peeked = [];
            long? next = null;
            // A peek may return fewer than it is asked for. Only none is the end.
            while (peeked.Count < max
                && await receiver.PeekMessagesAsync(max - peeked.Count, next, ending) is [.., var last] batch)
            {
                peeked.AddRange(batch.Where(message => message.EnqueuedTime <= through)
                    .Select(message => new PeekedDeadLetter(queue, Reason(message), message.EnqueuedTime)));
                next = last.SequenceNumber + 1;
            }

            return peeked;
        }
        finally
        {
            await ServiceBusLink.CloseAsync(receiver);
        }
    }

    // Without it: somebody moved the message there by hand.
    private static string Reason(ServiceBusReceivedMessage message) =>
        message.ApplicationProperties.TryGetValue("DeadLetterReason", out var reason) && reason is string { Length: > 0 } text
            ? text : "Unknown";
}

/// <param name="Queue">Its queue.</param>
/// <param name="Reason">Why it is a dead letter.</param>
/// <param name="EnqueuedTime">When the queue got it.</param>
internal sealed record PeekedDeadLetter(string Queue, string Reason, DateTimeOffset EnqueuedTime);

/// <summary>The dead letters of a queue cannot be read.</summary>
internal sealed class DeadLettersNotReadException(string queue, Exception inner) : Exception(inner.Message, inner)
{
    public string Queue => queue;
}
