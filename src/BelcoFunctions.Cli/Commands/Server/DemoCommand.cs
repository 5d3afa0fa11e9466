using System.CommandLine;
using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Commands.Webhooks;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Cli.Serve.Host;
using BelcoFunctions.Pipeline.Queries;
using Spectre.Console;

namespace BelcoFunctions.Cli.Commands.Server;

/// <summary><c>belco demo</c></summary>
internal static class DemoCommand
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    public static BelcoCommand Create()
    {
        var port = ServerOptions.Port(defaultPort: 0);
        var data = new Option<string?>("--data")
        {
            Description = "The data folder. The default is a temporary folder.",
            HelpName = "folder",
        };
        var storage = ServerOptions.Storage();
        var keep = new Option<bool>("--keep")
        {
            Description = "Also post the webhooks of an invented shop, and keep the host running until Ctrl+C, "
                + $"on port {ServeHostOptions.DefaultPort} unless --port is given.",
        };
        var command = new BelcoCommand(
            "demo", "Post six sample events, and show the resulting conversation.",
            example: "belco demo --keep",
            details: "The events are Belco's published samples. The demo starts its own host, and stops it at the end.")
        { keep, port, data, storage };
        command.SetAction((parsed, cancellationToken) =>
        {
            var isKept = parsed.GetValue(keep);
            var usesDefaultPort = isKept && parsed.GetResult(port) is not { Implicit: false };
            return DemoAsync(
                usesDefaultPort ? ServeHostOptions.DefaultPort : parsed.GetValue(port),
                parsed.GetValue(data), parsed.GetValue(storage), isKept, cancellationToken);
        });
        return command;
    }

    private static async Task<int> DemoAsync(
        int port, string? data, string? storage, bool isKept, CancellationToken cancellationToken)
    {
        var temporary = data is null ? Directory.CreateTempSubdirectory("belco-demo-") : null;
        try
        {
            var options = new ServeHostOptions(port, data ?? temporary!.FullName, storage, ServerOptions.ReadWebhookSettings());
            await using var host = await ServeHost.StartAsync(options, Console.Error.WriteLine, cancellationToken);
            await ShowAsync(host.Address, options, isKept, cancellationToken);
            Console.WriteLine(isKept ? NextSteps.WhileItRuns(host.Address, options) : NextSteps.AfterTheEnd);
            if (isKept)
            {
                await host.RunAsync(cancellationToken);
                Console.WriteLine("Stopping …");
            }

            return 0;
        }
        finally
        {
            temporary?.Delete(recursive: true);
        }
    }

    private static async Task ShowAsync(
        Uri address, ServeHostOptions options, bool withShop, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = address };
        var sender = new WebhookSender(http, options.Webhook);
        foreach (var (name, body) in Samples.All)
        {
            var sent = await sender.DeliverAsync(new Uri(address, ServeRoutes.Webhook), name, body, cancellationToken);
            AnsiConsole.MarkupLineInterpolated($"[green]200[/] {name} → {sent.Queue}");
        }

        if (withShop) await DemoShop.FillAsync(http, sender, cancellationToken);
        var view = await WaitAsync(http, cancellationToken);
        AnsiConsole.WriteLine();
        var rendering = new ConversationRendering(AnsiConsole.Console, view.Conversation);
        rendering.Begin(Names.None);
        foreach (var entry in view.Timeline) rendering.Write(entry, Names.None);
        rendering.End(Names.None);
    }

    private static async Task<ConversationView> WaitAsync(HttpClient http, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        var path = $"api/shops/{Samples.ShopId}/conversations/{Samples.ConversationId}";
        var projected = 0;
        try
        {
            while (true)
            {
                var view = await ConversationView.FetchAsync(http, path, timeout.Token);
                projected = view?.Conversation.Events ?? 0;
                if (projected >= Samples.All.Count) return view!;
                await Task.Delay(TimeSpan.FromMilliseconds(50), timeout.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandException(
                $"Only {projected} of {Samples.All.Count} events were projected within {Timeout.TotalSeconds:0} seconds. "
                + "The lines above say why. Fix that and try again.");
        }
    }
}
