using System.CommandLine;
using BelcoFunctions.Local.Queueing;
using BelcoFunctions.Pipeline.Queueing;

namespace BelcoFunctions.Local.Commands;

/// <summary><c>belco redrive</c></summary>
internal static class RedriveCommand
{
    public static Command Create()
    {
        var data = OperatorOptions.Data();
        var queue = new Option<string?>("--queue") { Description = "Only this queue's." };
        queue.AcceptOnlyFromAmong([.. QueueNames.All]);
        var command = new Command("redrive", """
            Puts dead letters back into their queues, after what made them so has been mended.

            Example: belco redrive --queue conversation-replied
            """)
        { data, queue };
        command.SetAction(parsed =>
        {
            using var queues = OperatorOptions.OpenQueues(parsed.GetValue(data)!);
            var moved = DeadLetters.Redrive(queues, parsed.GetValue(queue));
            Console.WriteLine(moved == 1 ? "1 event was put back." : $"{moved} events were put back.");
        });
        return command;
    }
}
