using System.CommandLine;
using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Output;

namespace BelcoFunctions.Cli.Commands.Webhooks;

/// <summary><c>belco webhooks activate</c></summary>
internal static class ActivateWebhookCommand
{
    private static readonly WebhookChange Change = new(
        HttpMethod.Put, "/activate", "activated", "To fetch what Belco did not send while it was paused, run belco import.");

    public static BelcoCommand Create(Option<Uri> api, Option<ListOutput.Format> format)
    {
        var id = WebhookChange.Id();
        var command = new BelcoCommand(
            "activate", "Let Belco send to a webhook again, after it was paused or deactivated.",
            example: "belco webhooks activate wH3kTrdCv5JznJHFE",
            details: "Find out first why Belco paused it, or Belco will pause it again.")
        { id };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var opened = BelcoApiOption.Open(parsed.GetValue(api)!);
            return await Change.MakeAsync(opened, parsed.GetValue(id)!, parsed.GetValue(format), cancellationToken);
        });
        return command;
    }
}
