using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Pipeline.Maintenance;
using Microsoft.Extensions.DependencyInjection;

namespace BelcoFunctions.Cli.Commands.Unprojected;

/// <summary><c>belco replay</c></summary>
internal static class ReplayCommand
{
    public static BelcoCommand Create()
    {
        var (data, storage, format) = (OperatorOptions.Data(), OperatorOptions.StorageToWrite(), OperatorOptions.Format());
        var limit = OperatorOptions.Limit(
            "Project this many at most, in the order of their names. Events that cannot be projected do not count.");
        var dryRun = OperatorOptions.DryRun("Show what would be projected, and change nothing.");
        var command = new BelcoCommand(
            "replay", "Project the unprojected events that can now be projected.",
            example: "belco replay --storage https://mystorage.table.core.windows.net --dry-run",
            details: "You can repeat it: no event is projected twice.")
        { limit, dryRun, data, storage, format };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(data)!, parsed.GetValue(storage), parsed.GetValue(limit), parsed.GetValue(dryRun),
            parsed.GetValue(format), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string data, string? storage, int? limit, bool dryRun, ListOutput.Format format, CancellationToken cancellationToken)
    {
        await using var services = await OperatorServices.OpenAsync(storage, data, readOnly: dryRun, cancellationToken);
        var replay = services.GetRequiredService<UnprojectedEventReplay>();
        return dryRun
            ? await PreviewAsync(replay.PreviewAsync(new(), limit, cancellationToken), format)
            : await ReplayAsync(replay.ReplayAsync(new(), limit, cancellationToken), format);
    }

    private static async Task<int> PreviewAsync(IAsyncEnumerable<ReplayedEvent> events, ListOutput.Format format)
    {
        using var progress = new SlowProgress(
            count => $"{CountText.Format(count, "event")} read …", Console.Error, TimeProvider.System);
        Dictionary<(string EventName, string? StillUnprojected), int> counts = [];
        await foreach (var (e, outcome) in events)
        {
            progress.Increment();
            var group = (e.EventName, (outcome as ReplayOutcome.StillUnprojected)?.Reason);
            counts[group] = counts.GetValueOrDefault(group) + 1;
        }

        var rows = counts.OrderBy(each => each.Key.EventName, StringComparer.Ordinal)
            .Select(each => new ReplayCount(each.Key.EventName, each.Key.StillUnprojected is null, each.Key.StillUnprojected,
                each.Value)).ToList();
        ListOutput.Write(format, rows, "There are no unprojected events.",
            ("event", row => row.EventName),
            ("count", row => $"{row.Count}"),
            ("a replay", row => row.Projectable ? "would project it" : $"would not project it: {row.Reason}"));
        if (format is ListOutput.Format.Json || rows.Count == 0) return 0;
        var projectable = rows.Where(row => row.Projectable).Sum(row => row.Count);
        Console.WriteLine($"{CountText.Format(projectable, "event")} would be projected. Nothing was changed.");
        return 0;
    }

    private static async Task<int> ReplayAsync(IAsyncEnumerable<ReplayedEvent> events, ListOutput.Format format)
    {
        using var progress = new SlowProgress(
            count => $"{CountText.Format(count, "event")} read …", Console.Error, TimeProvider.System);
        var result = new ReplayResult();
        await foreach (var (_, outcome) in events)
        {
            progress.Increment();
            result = result.With(outcome);
        }

        if (format is ListOutput.Format.Json) ListOutput.WriteJson(result);
        else Console.WriteLine(
            $"{result.Projected} projected, {result.StillUnprojected} still unprojected, {result.Remaining} to try again.");
        return result.Remaining == 0 ? 0 : throw new CommandException(
            $"{CountText.Format(result.Remaining, "event")} could not be projected: the storage account did not accept them. "
            + "Run belco replay again.");
    }

    /// <param name="EventName">Belco's name of the event.</param>
    /// <param name="Projectable">Whether a replay would project them.</param>
    /// <param name="Reason">Why a replay would not project them; null if it would.</param>
    /// <param name="Count">How many there are.</param>
    private sealed record ReplayCount(string EventName, bool Projectable, string? Reason, int Count);
}
