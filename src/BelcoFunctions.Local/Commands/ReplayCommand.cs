using System.CommandLine;
using BelcoFunctions.Pipeline.Maintenance;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace BelcoFunctions.Local.Commands;

/// <summary><c>belco replay</c></summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var (data, storage) = (OperatorOptions.Data(), OperatorOptions.Storage());
        var command = new Command("replay", """
            Puts the kept events through the projections there are now; doing it twice makes no difference.

            Example: belco replay
            """)
        { data, storage };
        command.SetAction((parsed, cancellationToken) => ReplayAsync(parsed.GetValue(data)!, parsed.GetValue(storage), cancellationToken));
        return command;
    }

    private static async Task<int> ReplayAsync(string data, string? storage, CancellationToken cancellationToken)
    {
        await using var services = await OperatorServices.OpenAsync(storage, data, cancellationToken);
        var result = await AnsiConsole.Status().StartAsync("Replaying …", status => services.GetRequiredService<UnprojectedEventReplay>()
            .ReplayAsync(new Progress<ReplayResult>(done => status.Status($"Replaying … {done.Projected} projected")), cancellationToken));
        Console.WriteLine($"{result.Projected} projected, {result.StillUnprojected} still kept, {result.Left} left.");
        return result.Left == 0
            ? 0 : throw new LocalHostException($"{result.Left} events could not be projected just now; try again.");
    }
}
