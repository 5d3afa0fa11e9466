using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Cli.Serve.Queue;

namespace BelcoFunctions.Cli.Commands.DeadLetters;

/// <summary><c>belco dead-letters</c></summary>
internal static class DeadLettersCommand
{
    public static BelcoCommand Create()
    {
        var (data, format) = (OperatorOptions.Data(), OperatorOptions.Format());
        var command = new BelcoCommand(
            "dead-letters", "List the dead letters, and why each could not be projected.",
            example: "belco dead-letters --format json",
            details: "After you fix the cause, put them back with belco redrive.")
        { data, format };
        command.SetAction(parsed =>
        {
            using var queues = OperatorOptions.OpenQueuesToRead(parsed.GetValue(data)!);
            var now = DateTimeOffset.UtcNow;
            var letters = DeadLetterRows.List(queues).ConvertAll(letter => new
            {
                letter.Queue,
                letter.DeadLetteredAt,
                letter.Tries,
                letter.Reason,
                letter.Description,
                letter.RequestId,
                letter.EventName,
            });
            ListOutput.Write(parsed.GetValue(format), letters, "There are no dead letters.",
                ("queue", letter => letter.Queue),
                ("age", letter => DurationText.Format(now - letter.DeadLetteredAt)),
                ("tries", letter => $"{letter.Tries}"),
                ("reason", letter => $"{letter.Reason}: {letter.Description}"),
                ("requestId", letter => letter.RequestId));
        });
        return command;
    }
}
