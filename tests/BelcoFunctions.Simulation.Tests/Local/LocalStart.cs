using System.Text;
using BelcoFunctions.Cli.Serve.Queue;
using BelcoFunctions.Simulation.Tests.Scenarios;

namespace BelcoFunctions.Simulation.Tests.Local;

/// <summary>Makes the queue file of a scenario, with its dead letters and its messages that are not events.</summary>
internal static class LocalStart
{
    public static byte[] Prepare(Scenario scenario)
    {
        var folder = Directory.CreateTempSubdirectory("belco-simulation-");
        try
        {
            PrepareAsync(folder.FullName, scenario).GetAwaiter().GetResult();
            return File.ReadAllBytes(Path.Combine(folder.FullName, QueueDatabase.FileName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task PrepareAsync(string folder, Scenario scenario)
    {
        await using var queue = SqliteQueue.Open(folder, new Clock(scenario.Now.AddMinutes(-1)));
        foreach (var e in scenario.DeadLetters)
        {
            if (e.IsLarge) await queue.PutPayloadAsync(e.BlobName, e.Body, CancellationToken.None);
            await DieAsync(queue, e.Queued);
        }

        foreach (var message in scenario.Poisonous.Where(message => message.IsDead)) await DieAsync(queue, Queued(message));
        foreach (var message in scenario.Poisonous.Where(message => !message.IsDead))
        {
            await queue.EnqueueAsync(Queued(message), CancellationToken.None);
        }
    }

    private static async Task DieAsync(SqliteQueue queue, QueuedEvent e)
    {
        await queue.EnqueueAsync(e, CancellationToken.None);
        var received = await queue.ReceiveAsync(e.Queue, 1, CancellationToken.None);
        await queue.SettleAsync([(received[0], new Settlement.DeadLetter("ByHand", "By hand."))]);
    }

    private static QueuedEvent Queued(PoisonousMessage message) => new()
    {
        Queue = message.Queue,
        EventName = EventNames.ConversationReplied,
        RequestId = message.Id,
        Body = Encoding.UTF8.GetBytes(message.Text),
        ReceivedAt = SimulatedEvent.Start,
    };

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;

        public override long GetTimestamp() => now.UtcTicks;
    }
}
