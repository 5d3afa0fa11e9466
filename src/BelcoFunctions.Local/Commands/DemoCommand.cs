using System.CommandLine;
using BelcoFunctions.Local.Hosting;
using BelcoFunctions.Local.Rendering;
using Spectre.Console;

namespace BelcoFunctions.Local.Commands;

/// <summary><c>belco demo</c></summary>
internal static class DemoCommand
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    public static BelcoCommand Create()
    {
        var port = HostOptions.Port(defaultPort: 0);
        var data = new Option<string?>("--data")
        {
            Description = "The data folder. The default is a temporary folder.",
            HelpName = "folder",
        };
        var storage = HostOptions.Storage();
        var command = new BelcoCommand(
            "demo", "Post six sample events, and show the resulting conversation.",
            example: "belco demo",
            details: "The events are Belco's published samples. The demo starts its own host, and stops it at the end.")
        { port, data, storage };
        command.SetAction((parsed, cancellationToken) =>
            DemoAsync(parsed.GetValue(port), parsed.GetValue(data), parsed.GetValue(storage), cancellationToken));
        return command;
    }

    private static async Task<int> DemoAsync(int port, string? data, string? storage, CancellationToken cancellationToken)
    {
        var temporary = data is null ? Directory.CreateTempSubdirectory("belco-demo-") : null;
        try
        {
            var options = new LocalHostOptions(port, data ?? temporary!.FullName, storage, HostOptions.ReadWebhookSettings());
            await using var host = await LocalHost.StartAsync(options, Console.Error.WriteLine, cancellationToken);
            await ShowAsync(host.Address, options, cancellationToken);
            return 0;
        }
        finally
        {
            temporary?.Delete(recursive: true);
        }
    }

    private static async Task ShowAsync(Uri address, LocalHostOptions options, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = address };
        var sender = new WebhookSender(http, options.Webhook);
        foreach (var (name, body) in Samples.All)
        {
            var sent = await sender.SendAsync(new Uri(address, LocalRoutes.Webhook), body, cancellationToken);
            if (!sent.IsSuccess)
            {
                throw new LocalHostException($"The webhook {name} failed: {sent.Summary.TrimEnd('.')}. Fix that and try again.");
            }

            AnsiConsole.MarkupLineInterpolated($"[green]200[/] {name} → {sent.Queue}");
        }

        var view = await WaitAsync(http, cancellationToken);
        AnsiConsole.WriteLine();
        ConversationRendering.Write(AnsiConsole.Console, view);
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
            throw new LocalHostException(
                $"Only {projected} of {Samples.All.Count} events were projected within {Timeout.TotalSeconds:0} seconds. "
                + "The lines above say why. Fix that and try again.");
        }
    }
}
