using System.CommandLine;
using BelcoFunctions.Local.Rendering;
using BelcoFunctions.Pipeline.Maintenance;
using Microsoft.Extensions.DependencyInjection;

namespace BelcoFunctions.Local.Commands;

/// <summary><c>belco unprojected</c></summary>
internal static class UnprojectedCommand
{
    public static Command Create()
    {
        var (data, storage, output) = (OperatorOptions.Data(), OperatorOptions.Storage(), ListOutput.Option());
        var command = new Command("unprojected", """
            Lists the events that are kept but not projected, and why.

            Example: belco unprojected
            """)
        { data, storage, output };
        command.SetAction((parsed, cancellationToken) => ListAsync(
            parsed.GetValue(data)!, parsed.GetValue(storage), parsed.GetValue(output), cancellationToken));
        return command;
    }

    private static async Task<int> ListAsync(string data, string? storage, ListOutput.Format output, CancellationToken cancellationToken)
    {
        await using var services = await OperatorServices.OpenAsync(storage, data, cancellationToken);
        List<UnprojectedEvent> kept = [];
        await foreach (var e in services.GetRequiredService<UnprojectedEventReplay>().ListAsync(cancellationToken)) kept.Add(e);
        var now = DateTimeOffset.UtcNow;
        ListOutput.Write(output, kept, "Every event was projected.",
            ("event", e => e.EventName),
            ("age", e => Age.Of(e.ReceivedAt, now)),
            ("reason", e => e.Reason),
            ("shop", e => e.ShopId ?? "–"),
            ("requestId", e => e.RequestId));
        return 0;
    }
}
