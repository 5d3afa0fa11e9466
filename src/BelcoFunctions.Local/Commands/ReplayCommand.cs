using BelcoFunctions.Local.Rendering;
using BelcoFunctions.Pipeline.Maintenance;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace BelcoFunctions.Local.Commands;

/// <summary><c>belco replay</c></summary>
internal static class ReplayCommand
{
    public static BelcoCommand Create()
    {
        var (data, storage) = (OperatorOptions.Data(), OperatorOptions.Storage());
        var command = new BelcoCommand(
            "replay", "Project the unprojected events that can now be projected.",
            example: "belco replay --storage https://mystorage.table.core.windows.net",
            details: "You can repeat it: no event is projected twice.")
        { data, storage };
        command.SetAction((parsed, cancellationToken) =>
            ReplayAsync(parsed.GetValue(data)!, parsed.GetValue(storage), cancellationToken));
        return command;
    }

    private static async Task<int> ReplayAsync(string data, string? storage, CancellationToken cancellationToken)
    {
        await using var services = await OperatorServices.OpenAsync(storage, data, cancellationToken);
        var replay = services.GetRequiredService<UnprojectedEventReplay>();
        var result = await AnsiConsole.Status().StartAsync("Replaying …", status => replay.ReplayAsync(
            new Progress<ReplayResult>(done => status.Status($"Replaying … {done.Projected} projected")), cancellationToken));
        Console.WriteLine(
            $"{result.Projected} projected, {result.StillUnprojected} still unprojected, {result.Left} to try again.");
        return result.Left == 0 ? 0 : throw new LocalHostException(
            $"{Counted.Of(result.Left, "event")} could not be projected: the storage account did not take them. "
            + "Run belco replay again.");
    }
}
