using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Messaging.ServiceBus;
using BelcoFunctions.DeadLetters;
using BelcoFunctions.Pipeline.Http;
using BelcoFunctions.Simulation.Tests.Scheduling;
using BelcoFunctions.Simulation.Tests.ServiceBus;
using Microsoft.Extensions.Logging.Abstractions;

namespace BelcoFunctions.Simulation.Tests.Scenarios;

/// <summary>The programs of the app on its Service Bus queues.</summary>
internal static class QueuePrograms
{
    private const int BatchSize = 3;

    /// <summary>The trigger of a queue. It ends when the queue stays empty.</summary>
    public static WriterProgram Receive(string queue, string name = "receiver") => new(name, async life =>
    {
        var receiver = life.Bus.CreateReceiver(queue);
        var actions = new TriggerActions(receiver, life);
        var settler = new BatchSettler(life.Processor(), life.Time, NullLogger<BatchSettler>.Instance)
        {
            Concurrency = InlineConcurrency.Instance,
        };
        while (await ReceiveAsync() is { Count: > 0 } batch)
        {
            await settler.HandleAsync(queue, [.. batch], actions, life.Stopping);
        }

        async Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveAsync()
        {
            while (true)
            {
                try
                {
                    return await receiver.ReceiveMessagesAsync(BatchSize, maxWaitTime: null, life.Stopping);
                }
                catch (ServiceBusException)
                {
                    // The host tries again.
                }
            }
        }
    });

    /// <param name="name">For people.</param>
    /// <param name="queue">The queue of the dead letters; null for all.</param>
    /// <param name="limit">The most dead letters to move; null for as many as one call moves.</param>
    public static WriterProgram Redrive(string name, string? queue, string? limit = null) => new(name, async life =>
        Check(life, "moved", await new DeadLetterRedrive(life.Bus, life.Time, NullLogger<DeadLetterRedrive>.Instance)
            .RunAsync(parameter => parameter switch { "queue" => queue, "limit" => limit, _ => null }, life.Stopping)));

    public static WriterProgram EraseDeadLetters(string? queue) => new("erase dead letters", async life =>
        Check(life, "erased", await new DeadLetterEraser(
            life.Bus, life.ErasedDeadLetters(), life.Time, NullLogger<DeadLetterEraser>.Instance)
            .RunAsync(queue, life.Stopping)));

    private static void Check(WriterLife life, string count, HttpReply reply)
    {
        var text = Encoding.UTF8.GetString(reply.Body.Span);
        if (reply.Status is not HttpStatusCode.OK)
        {
            if (!life.HadFault) life.Run.Fail($"Without a fault, the answer is {reply.Status}: {text}");
            return;
        }

        var told = (int)JsonNode.Parse(text)![count]!;
        var gone = life.Bus.Received.Count(one => !life.Run.Bus[one.Queue].DeadLetters.ContainsKey(one.Number));
        // After a completion without an answer, a peek shows whether the message is gone. If the peek has no answer either,
        // nobody knows. A message that another call removed may be counted too.
        if (told < life.Bus.Removed - life.Bus.FailedPeeks || told > gone)
        {
            life.Run.Fail($"The answer is {text}. It removed {life.Bus.Removed}, {life.Bus.FailedPeeks} peeks failed, "
                + $"and {gone} are gone.");
        }
    }
}
