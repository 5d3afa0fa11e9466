using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Serve.Host;
using BelcoFunctions.Cli.Serve.Queue;
using BelcoFunctions.Pipeline.Receiving;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Cli.Commands.Server;

/// <summary><c>belco serve</c></summary>
internal static class ServeCommand
{
    public static BelcoCommand Create()
    {
        var port = ServerOptions.Port(ServeHostOptions.DefaultPort);
        var data = ServerOptions.Data("The data folder, for the queues and Azurite's files.");
        var storage = ServerOptions.Storage();
        var logLevel = EnumOption.Create(
            "--log-level",
            "The least severe messages to log to standard error: trace, debug, information, warning, error, critical or none.",
            LogLevel.Warning);
        logLevel.HelpName = "level";
        var command = new BelcoCommand(
            "serve", "Receive webhooks and project their events, until Ctrl+C.",
            example: "belco serve --port 8080 --data ./state",
            details: "Takes its settings, like Webhook__Secret, from the environment, as the Functions app does.")
        { port, data, storage, logLevel };
        command.SetAction((parsed, cancellationToken) =>
        {
            var (webhook, retention) = ServerOptions.ReadSettings();
            return ServeAsync(
                new ServeHostOptions(parsed.GetValue(port), parsed.GetValue(data)!, parsed.GetValue(storage), webhook)
                {
                    LogLevel = parsed.GetValue(logLevel),
                    Retention = retention,
                },
                cancellationToken);
        });
        return command;
    }

    private static async Task<int> ServeAsync(ServeHostOptions options, CancellationToken cancellationToken)
    {
        await using var host = await ServeHost.StartAsync(options, Console.Error.WriteLine, cancellationToken);
        var dataFolder = Path.GetFullPath(options.DataFolder);
        var header = options.Webhook.SignatureHeader is { } pinned ? $"in the header {pinned}" : "in any header";
        var signature = options.Webhook.Signature switch
        {
            SignatureRule.On => $"required {header}",
            SignatureRule.NotEnforced => $"checked {header}, but not enforced: Webhook__AllowUnsigned is true",
            _ => "not required. Anyone who can reach this port can post webhooks; to require a signature, set Webhook__Secret.",
        };
        Console.WriteLine($"""
            Webhooks:      {new Uri(host.Address, ServeRoutes.Webhook)}
            Viewer:        {host.Address}
            Conversations: {host.Address}api/shops/<shopId>/conversations
            Health:        {host.Address}api/health
            Signature:     {signature}
            Storage:       {(options.Storage is null ? $"Azurite, in {dataFolder}" : "the storage account given with --storage")}
            Queue:         {Path.Combine(dataFolder, QueueDatabase.FileName)}

            Ctrl+C to stop.
            """);
        await host.RunAsync(cancellationToken);
        Console.WriteLine("Stopping …");
        return 0;
    }
}
