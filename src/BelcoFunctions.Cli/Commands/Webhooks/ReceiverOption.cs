using System.CommandLine;
using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Serve.Host;

namespace BelcoFunctions.Cli.Commands.Webhooks;

/// <summary>The URL to post webhooks to. The default is <c>belco serve</c>.</summary>
internal static class ReceiverOption
{
    public static Option<Uri> Create() => UrlOption.Create(
        "--url", "The receiver to post to.", $"http://localhost:{ServeHostOptions.DefaultPort}{ServeRoutes.Webhook}");
}
