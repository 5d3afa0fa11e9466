using System.CommandLine;
using BelcoFunctions.Local.Queueing;
using BelcoFunctions.Local.Rendering;

namespace BelcoFunctions.Local.Commands;

/// <summary><c>belco dead-letters</c></summary>
internal static class DeadLettersCommand
{
    public static Command Create()
    {
        var (data, output) = (OperatorOptions.Data(), ListOutput.Option());
        var command = new Command("dead-letters", """
            Lists the events that cannot be projected, and why. `belco redrive` puts them back.

            Example: belco dead-letters --output json
            """)
        { data, output };
        command.SetAction(parsed =>
        {
            using var queues = OperatorOptions.OpenQueues(parsed.GetValue(data)!);
            var now = DateTimeOffset.UtcNow;
            ListOutput.Write(parsed.GetValue(output), DeadLetters.List(queues), "There are no dead letters.",
                ("queue", letter => letter.Queue),
                ("age", letter => Age.Of(letter.DeadLetteredAt, now)),
                ("tries", letter => $"{letter.Tries}"),
                ("reason", letter => $"{letter.Reason}: {letter.Description}"),
                ("requestId", letter => letter.RequestId));
        });
        return command;
    }
}
