using BelcoFunctions.Cli.Accounts;
using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Exporting;
using BelcoFunctions.Cli.Serve.Host;
using BelcoFunctions.Pipeline;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Viewer;
using BelcoFunctions.Viewer.Conversations;
using BelcoFunctions.Viewer.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Cli.Commands.Server;

/// <summary><c>belco view</c></summary>
internal static class ViewCommand
{
    private const int DefaultPort = 7072;

    public static BelcoCommand Create()
    {
        var port = ServerOptions.Port(DefaultPort);
        var (data, storage) = (OperatorOptions.Data(), OperatorOptions.StorageToRead());
        var command = new BelcoCommand(
            "view", "Show conversations in the browser, read-only, until Ctrl+C.",
            example: "belco view --storage https://mystorage.table.core.windows.net",
            details: "It reads with your rights, and writes nothing. belco serve shows the same pages for its own rows.")
        { port, data, storage };
        command.SetAction((parsed, cancellationToken) => ViewAsync(
            parsed.GetValue(port), parsed.GetValue(data)!, parsed.GetValue(storage), cancellationToken));
        return command;
    }

    private static async Task<int> ViewAsync(int port, string data, string? account, CancellationToken cancellationToken)
    {
        var served = account is null;
        account ??= OperatorServices.ServedAccount(data);
        var storage = await StorageAccount.OpenToReadAsync(account, cancellationToken);
        var archive = served
            ? $"Azurite of belco serve, in {Path.GetFullPath(data)}"
            : $"storage account {storage.Conversations.Client.AccountName} at {storage.Conversations.Client.Uri.Host}";
        var viewer = new ViewerOptions(archive, $"Read {await ArchiveAccess.DescribeAsync(account, cancellationToken)}");

        var builder = LoopbackWebApp.CreateBuilder(port, LogLevel.Warning, log: null);
        builder.Services.AddPipeline(new WebhookSettings(), storage).AddViewer(viewer)
            .AddSingleton<IConversationExport, ListExport>();
        await using var app = builder.Build();
        app.UseHostFiltering();
        app.UseBrokenRequests();
        app.MapViewer();
        app.MapNotFound();
        var address = await app.ListenAsync(port, cancellationToken);
        Console.WriteLine($"""
            Viewer:  {address}
            Archive: {viewer.Archive}
            Rights:  {viewer.Access}. The viewer writes nothing.

            Ctrl+C to stop.
            """);
        // Returns when cancelled, and does not throw.
        await Task.WhenAny(Task.Delay(Timeout.Infinite, cancellationToken));
        await app.StopAsync(CancellationToken.None);
        return 0;
    }
}
