using System.CommandLine;
using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Cli.Serve.Queue;
using BelcoFunctions.Pipeline.Queueing;
using Microsoft.Data.Sqlite;

namespace BelcoFunctions.Cli.Commands.DeadLetters;

/// <summary><c>belco redrive</c></summary>
internal static class RedriveCommand
{
    public static BelcoCommand Create()
    {
        var (data, format) = (OperatorOptions.Data(), OperatorOptions.Format());
        var queue = new Option<string?>("--queue")
        {
            Description = "Put back the dead letters of this queue only.",
            HelpName = "name",
        };
        queue.AcceptOnlyFromAmong([.. QueueNames.All]);
        var limit = OperatorOptions.Limit("Put back this many at most, the oldest first.");
        var dryRun = OperatorOptions.DryRun("Show what would be put back, and change nothing.");
        var command = new BelcoCommand(
            "redrive", "Put dead letters back into their queues. Fix their cause first.",
            example: "belco redrive --queue conversation-replied --limit 10 --dry-run")
        { queue, limit, dryRun, data, format };
        command.SetAction((parsed, cancellationToken) =>
        {
            var isPreview = parsed.GetValue(dryRun);
            using var queues = isPreview
                ? OperatorOptions.OpenQueuesToRead(parsed.GetValue(data)!) : OperatorOptions.OpenQueues(parsed.GetValue(data)!);
            var selection = new DeadLetterSelection(Queue: parsed.GetValue(queue)) { Limit = parsed.GetValue(limit) };
            if (isPreview) Preview(queues, selection, parsed.GetValue(format));
            else Redrive(queues, selection, parsed.GetValue(format), cancellationToken);
            return Task.FromResult(0);
        });
        return command;
    }

    private static void Preview(SqliteConnection queues, DeadLetterSelection selection, ListOutput.Format format)
    {
        var counts = DeadLetterRows.Count(queues, selection).ConvertAll(group => new
        {
            group.Queue,
            group.Reason,
            group.Count,
            group.OldestAt,
            NewestAt = group.Newest.DeadLetteredAt,
            group.NewestDescription,
        });
        var now = DateTimeOffset.UtcNow;
        ListOutput.Write(format, counts, "There are no dead letters to put back.",
            ("queue", each => each.Queue),
            ("reason", each => each.Reason),
            ("oldest", each => DurationText.Format(now - each.OldestAt)),
            ("would be put back", each => $"{each.Count}"));
        if (format is ListOutput.Format.Json || counts.Count == 0) return;
        var total = counts.Sum(each => each.Count);
        Console.WriteLine($"{CountText.Format(total, "dead letter")} would be put back. Nothing was changed.");
    }

    private static void Redrive(
        SqliteConnection queues, DeadLetterSelection selection, ListOutput.Format format, CancellationToken cancellationToken)
    {
        var total = DeadLetterRows.Count(queues, selection).Sum(group => group.Count);
        using var progress = new SlowProgress(
            count => $"{CountText.Format(count)} of {CountText.Format(total)} put back …", Console.Error, TimeProvider.System)
        {
            Share = count => (double)count / total,
        };
        var moved = DeadLetterRows.Redrive(queues, selection, progress.Report, cancellationToken);
        if (format is ListOutput.Format.Json) ListOutput.WriteJson(new { moved });
        else Console.WriteLine($"{CountText.Format(moved, "dead letter")} {(moved == 1
            ? "was put back into its queue" : "were put back into their queues")}.");
        // Throws if the run was canceled, so that the exit code says that it ended early.
        cancellationToken.ThrowIfCancellationRequested();
    }
}
