using Azure.Messaging.ServiceBus;
using BelcoFunctions.Simulation.Tests.Scheduling;

// Disposing the base classes would close a connection that does not exist.
#pragma warning disable CA2215

namespace BelcoFunctions.Simulation.Tests.ServiceBus;

/// <summary>The client of one life of a writer. It hands each call to the scheduler.</summary>
internal sealed class BusClient(SimulatedRun run, Writer writer) : ServiceBusClient
{
    /// <summary>The number of removed dead letters, including removals without an answer.</summary>
    public int Removed { get; private set; }

    /// <summary>How many peeks had no answer.</summary>
    public int FailedPeeks { get; set; }

    /// <summary>The ids of the messages that it sent.</summary>
    public HashSet<string> Sent { get; } = [];

    /// <summary>The numbers of the dead letters that were received, by queue.</summary>
    public HashSet<(string Queue, long Number)> Received { get; } = [];

    private DateTimeOffset Now => run.Now;

    /// <summary>Counts a dead letter that is gone.</summary>
    public void Remove(ServiceBusReceivedMessage message)
    {
        Removed++;
        if (Sent.Contains(message.MessageId)) run.Fail($"{message.MessageId} was moved by the call that had sent it.");
    }

    public override ServiceBusSender CreateSender(string queueOrTopicName) => new Sender(this, run.Bus[queueOrTopicName]);

    public override ServiceBusReceiver CreateReceiver(string queueName) =>
        new BusReceiver(this, run.Bus[queueName], SubQueue.None);

    public override ServiceBusReceiver CreateReceiver(string queueName, ServiceBusReceiverOptions options) =>
        new BusReceiver(this, run.Bus[queueName], options.SubQueue);

    public async Task CallAsync(string text, Action effect, CancellationToken cancellationToken) => await CallAsync(text, () =>
    {
        effect();
        return (true, 1);
    }, cancellationToken);

    public async Task<T> CallAsync<T>(string text, Func<(T Result, ulong Meaning)> effect, CancellationToken cancellationToken,
        bool onlyReads = false, Func<bool>? isReady = null)
    {
        cancellationToken.ThrowIfCancellationRequested();
        T result = default!;
        await writer.Send(new OpenCall(text, () =>
        {
            (result, var meaning) = effect();
            return meaning;
        }, cancellationToken)
        { IsReady = isReady, OnlyReads = onlyReads });
        return result;
    }

    private sealed class Sender(BusClient client, SimulatedQueue queue) : ServiceBusSender
    {
        public override Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default)
        {
            client.Sent.Add(message.MessageId);
            return client.CallAsync(
                $"send {message.MessageId} to {queue.Name}", () => queue.Send(message, client.Now), cancellationToken);
        }

        public override ValueTask DisposeAsync() => default;
    }
}
