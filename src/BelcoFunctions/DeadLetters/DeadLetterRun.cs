using System.Net;
using BelcoFunctions.Pipeline.Http;
using BelcoFunctions.ServiceBus;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.DeadLetters;

/// <summary>One call that works on dead letters. It reads one queue after the other, and ends after
/// <see cref="Timeout"/>.</summary>
internal sealed class DeadLetterRun : IDisposable
{
    /// <summary>How long a call may take in all. It is shorter than a lock lasts, and shorter than an HTTP caller may wait.
    /// After it, the run only settles the messages that it has received.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    /// <summary>Makes a receiver read a queue's dead letters.</summary>
    public static readonly ServiceBusReceiverOptions DeadLetters = new() { SubQueue = SubQueue.DeadLetter };

    /// <summary>The name of the parameter that names a queue.</summary>
    public const string QueueName = "queue";

    private static readonly TimeSpan ReceiveWait = TimeSpan.FromSeconds(2);

    private readonly ServiceBusClient client;
    private readonly ILogger logger;
    private readonly CancellationTokenSource deadline;
    private readonly CancellationTokenSource ending;
    private int remaining;
    private bool metLocked;

    /// <param name="client">Opens the queues.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log of the call.</param>
    /// <param name="maxMessages">How many messages to receive at most.</param>
    /// <param name="stopping">The caller has hung up, or the host is stopping.</param>
    public DeadLetterRun(
        ServiceBusClient client, TimeProvider time, ILogger logger, int maxMessages, CancellationToken stopping)
    {
        (this.client, this.logger, remaining) = (client, logger, maxMessages);
        deadline = new CancellationTokenSource(Timeout, time);
        ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping);
        Began = time.GetUtcNow();
    }

    public DateTimeOffset Began { get; }

    /// <summary>Canceled when the time is over, or when the caller or the host stops the run.</summary>
    public CancellationToken Ending => ending.Token;

    /// <summary>The queue that is being read, or was read last.</summary>
    public string Queue { get; private set; } = "";

    /// <summary>Whether there may be dead letters that this run did not reach, for example because another run has locked
    /// them. If that run has died, its locks expire within five minutes.</summary>
    public bool HasMore => remaining == 0 || Ending.IsCancellationRequested || metLocked;

    /// <summary>The queues that a request names; null if there is no such queue.</summary>
    /// <param name="queue">One of <see cref="QueueNames"/>; null or empty for all.</param>
    /// <param name="error">The answer if there is no such queue.</param>
    public static IReadOnlyList<string>? Queues(string? queue, out HttpReply? error)
    {
        error = null;
        if (string.IsNullOrEmpty(queue)) return QueueNames.All;
        if (QueueNames.All.Contains(queue)) return [queue];
        error = HttpReply.Problem(
            HttpStatusCode.BadRequest, "Queue not known", $"The queues are {string.Join(", ", QueueNames.All)}.");
        return null;
    }

    /// <summary>Peeks at the oldest dead letters of a queue, at most <paramref name="max"/>, without those that came after
    /// the run began. Peeking locks nothing, and does not count as a delivery. Throws when the queue cannot be
    /// read.</summary>
    public async Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekAsync(string queue, int max)
    {
        Queue = queue;
        var receiver = client.CreateReceiver(queue, DeadLetters);
        try
        {
            List<ServiceBusReceivedMessage> peeked = [];
            long? next = null;
            // A peek may return fewer messages than it was asked for. Only an empty result is the end.
            while (peeked.Count < max
                && await receiver.PeekMessagesAsync(max - peeked.Count, next, Ending) is [.., var last] batch)
            {
                peeked.AddRange(batch.Where(message => message.EnqueuedTime <= Began));
                next = last.SequenceNumber + 1;
            }

            return peeked;
        }
        finally
        {
            await ServiceBusLink.CloseAsync(receiver);
        }
    }

    /// <summary>Receives the oldest dead letters of a queue, at most <paramref name="max"/>. They stay locked until the last
    /// one was returned, so that each receive returns new ones. Throws when the queue cannot be read.</summary>
    public async IAsyncEnumerable<LockedDeadLetter> ReceiveAsync(string queue, int max)
    {
        max = Math.Min(max, remaining);
        if (max == 0) yield break;
        Queue = queue;
        var receiver = client.CreateReceiver(queue, DeadLetters);
        // A dead letter that is received again, because its lock expired, replaces the first one.
        Dictionary<(string, long), LockedDeadLetter> letters = [];
        var (received, returned) = (0, 0);
        try
        {
            // Most queues have no dead letters, and a receive would wait for one.
            if (await receiver.PeekMessageAsync(cancellationToken: Ending) is null) yield break;
            while (received < max)
            {
                var messages = await receiver.ReceiveMessagesAsync(
                    Math.Min(DeliveryProcessor.BatchSize, max - received), ReceiveWait, Ending);
                if (messages.Count == 0) break;
                received += messages.Count;
                LockedDeadLetter[] batch =
                    [.. messages.Select(message => new LockedDeadLetter(client, queue, message, receiver, logger))];
                foreach (var letter in batch) letters[letter.Key] = letter;
                foreach (var letter in batch)
                {
                    returned++;
                    yield return letter;
                }
            }

            remaining -= received;
            metLocked |= received == 0;
        }
        finally
        {
            // Unlock only now: an unlocked message would be received again at once.
            var endsEarly = returned == max || Ending.IsCancellationRequested;
            await Task.WhenAll(letters.Values.Where(letter => !letter.IsRemoved && !(letter.IsDone && endsEarly))
                .Select(letter => letter.UnlockAsync()));
            await ServiceBusLink.CloseAsync(receiver);
        }
    }

    public void Dispose()
    {
        ending.Dispose();
        deadline.Dispose();
    }
}
