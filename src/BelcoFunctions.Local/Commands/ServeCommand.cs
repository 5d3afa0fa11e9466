using System.CommandLine;
using BelcoFunctions.Local.Hosting;
using BelcoFunctions.Local.Queueing;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Local.Commands;

/// <summary><c>belco serve</c></summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var port = HostOptions.Port(LocalHostOptions.DefaultPort, "Port to listen on, on this machine only.");
        var data = HostOptions.Data("Folder for the state.");
        var storage = HostOptions.Storage();
        var logLevel = new Option<LogLevel>("--log-level")
        {
            Description = "What is logged, to standard error.",
            DefaultValueFactory = _ => LogLevel.Warning,
        };
        var command = new Command("serve", """
            Receives webhooks on this machine and projects them, until Ctrl+C.
            The environment variables Webhook__Secret, Webhook__SignatureHeader, … are those of the Functions app.

            Example: belco serve --port 8080 --data ./state
            """)
        { port, data, storage, logLevel };
        command.SetAction((parsed, cancellationToken) => ServeAsync(new LocalHostOptions(
            parsed.GetValue(port), parsed.GetValue(data)!, parsed.GetValue(storage), HostOptions.ReadWebhookSettings())
        { LogLevel = parsed.GetValue(logLevel) }, cancellationToken));
        return command;
    }

    private static async Task<int> ServeAsync(LocalHostOptions options, CancellationToken cancellationToken)
    {
        await using var host = await LocalHost.StartAsync(options, Console.Error.WriteLine, cancellationToken);
        var signature = options.Webhook.SignatureRequired
            ? $"required in the header {options.Webhook.SignatureHeader}"
            : "not required: webhooks are taken from anyone who can reach this port (set Webhook__Secret to change that)";
        Console.WriteLine($"""
            Webhooks:      {new Uri(host.Address, LocalRoutes.Webhook)}
            Conversations: {host.Address}api/shops/<shopId>/conversations
            Health:        {host.Address}api/health
            Signature:     {signature}
            Storage:       {(options.Storage is null ? $"Azurite, in {Path.GetFullPath(options.DataFolder)}" : "the account given by --storage")}
            Queue:         {Path.Combine(Path.GetFullPath(options.DataFolder), QueueDatabase.FileName)}

            Ctrl+C to stop.
            """);
        await host.RunAsync(cancellationToken);
        Console.WriteLine("Stopping …");
        return 0;
    }
}
