using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Pipeline.Maintenance;
using BelcoFunctions.Pipeline.Unprojected;
using Microsoft.Extensions.DependencyInjection;

namespace BelcoFunctions.Cli.Commands.Unprojected;

/// <summary><c>belco unprojected</c></summary>
internal static class UnprojectedCommand
{
    public static BelcoCommand Create()
    {
        var (data, storage, format) = (OperatorOptions.Data(), OperatorOptions.StorageToRead(), OperatorOptions.Format());
        var command = new BelcoCommand(
            "unprojected", "List the unprojected events, and why each is not projected.",
            example: "belco unprojected --format json",
            details: "No conversation shows them: they are kept as Belco sent them.\n"
                + "After an upgrade that can project them, run belco replay.")
        { data, storage, format };
        command.SetAction((parsed, cancellationToken) => ListAsync(
            parsed.GetValue(data)!, parsed.GetValue(storage), parsed.GetValue(format), cancellationToken));
        return command;
    }

    private static async Task<int> ListAsync(
        string data, string? storage, ListOutput.Format format, CancellationToken cancellationToken)
    {
        await using var services = await OperatorServices.OpenAsync(storage, data, readOnly: true, cancellationToken);
        var replay = services.GetRequiredService<UnprojectedEventReplay>();
        List<UnprojectedEvent> kept = [];
        await foreach (var e in replay.ListAsync(new(), cancellationToken)) kept.Add(e);
        var now = DateTimeOffset.UtcNow;
        ListOutput.Write(format, kept, "There are no unprojected events.",
            ("event", e => e.EventName),
            ("age", e => DurationText.Format(now - e.ReceivedAt)),
            ("reason", e => e.Reason),
            ("shop", e => e.ShopId ?? "–"),
            ("requestId", e => e.RequestId));
        return 0;
    }
}
