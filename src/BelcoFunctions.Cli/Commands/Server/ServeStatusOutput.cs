using BelcoFunctions.Cli.Output;
using BelcoFunctions.Cli.Serve.Host;

namespace BelcoFunctions.Cli.Commands.Server;

/// <summary>Shows people what waits in the queues of a <c>belco serve</c>, in sentences; on request, each queue and each
/// counter too.</summary>
internal static class ServeStatusOutput
{
    public static void Write(Uri address, ServeStatus status, bool isVerbose, DateTimeOffset now)
    {
        Console.WriteLine($"belco serve runs at {address}.");
        Console.WriteLine(Waiting(status, now));
        Console.WriteLine(status.Queues.Sum(queue => queue.DeadLetters) switch
        {
            0 => "There are no dead letters.",
            1 => "There is 1 dead letter. To see why: belco dead-letters",
            var letters => $"There are {CountText.Format(letters)} dead letters. To see why: belco dead-letters",
        });
        if (!isVerbose) return;
        ListOutput.Write(ListOutput.Format.Text, status.Queues, "",
            ("queue", queue => queue.Queue),
            ("waiting", queue => $"{queue.Depth}"),
            ("oldest", queue => queue.OldestReceivedAt is { } oldest ? DurationText.Format(now - oldest) : "–"),
            ("dead letters", queue => $"{queue.DeadLetters}"));
        ListOutput.Write(ListOutput.Format.Text, status.Counters, "Nothing has been counted yet.",
            ("counter", counter => counter.Counter),
            ("of", counter => counter.Tags),
            ("count", counter => $"{counter.Count}"));
    }

    private static string Waiting(ServeStatus status, DateTimeOffset now)
    {
        var depth = status.TotalDepth();
        if (depth == 0) return "No event waits in its queues.";
        var oldest = status.Queues.Min(queue => queue.OldestReceivedAt) is { } receivedAt
            ? $" {(depth == 1 ? "It" : "The oldest")} was received {DurationText.Format(now - receivedAt)} ago." : "";
        return $"{CountText.Format(depth, "event")} {(depth == 1 ? "waits" : "wait")} in its queues.{oldest}";
    }
}
