using System.CommandLine;
using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Output;

namespace BelcoFunctions.Cli.Commands.Webhooks;

/// <summary><c>belco webhooks deactivate</c></summary>
internal static class DeactivateWebhookCommand
{
    private static readonly WebhookChange Change = new(
        HttpMethod.Put, "/deactivate", "deactivated", "Belco sends it no events until you run belco webhooks activate.");

    public static BelcoCommand Create(Option<Uri> api, Option<ListOutput.Format> format)
    {
        var id = WebhookChange.Id();
        var command = new BelcoCommand(
            "deactivate", "Stop Belco from sending events to a webhook for a while.",
            example: "belco webhooks deactivate wH3kTrdCv5JznJHFE",
            details: "Belco does not send later what happens in the meantime: belco import fetches it.")
        { id };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var opened = BelcoApiOption.Open(parsed.GetValue(api)!);
            return await Change.MakeAsync(opened, parsed.GetValue(id)!, parsed.GetValue(format), cancellationToken);
        });
        return command;
    }
}
