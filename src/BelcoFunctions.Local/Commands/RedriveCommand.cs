using System.CommandLine;
using BelcoFunctions.Local.Queueing;
using BelcoFunctions.Pipeline.Queueing;

namespace BelcoFunctions.Local.Commands;

/// <summary><c>belco redrive</c></summary>
internal static class RedriveCommand
{
    public static BelcoCommand Create()
    {
        var data = OperatorOptions.Data();
        var queue = new Option<string?>("--queue")
        {
            Description = "Put back the dead letters of this queue only.",
            HelpName = "name",
        };
        queue.AcceptOnlyFromAmong([.. QueueNames.All]);
        var command = new BelcoCommand(
            "redrive", "Put dead letters back into their queues. Fix their cause first.",
            example: "belco redrive --queue conversation-replied")
        { data, queue };
        command.SetAction(parsed =>
        {
            using var queues = OperatorOptions.OpenQueues(parsed.GetValue(data)!);
            var moved = DeadLetters.Redrive(queues, parsed.GetValue(queue));
            Console.WriteLine(moved == 1
                ? "1 dead letter was put back into its queue."
                : $"{moved} dead letters were put back into their queues.");
        });
        return command;
    }
}
