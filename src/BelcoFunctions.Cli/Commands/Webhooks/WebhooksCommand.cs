using System.Text.Json;
using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Pipeline.Importing;

namespace BelcoFunctions.Cli.Commands.Webhooks;

/// <summary><c>belco webhooks</c>, which lists them, and its subcommands.</summary>
internal static class WebhooksCommand
{
    /// <summary>The path of the webhooks in Belco's API.</summary>
    public const string Path = "webhooks";

    public static BelcoCommand Create()
    {
        var (api, format) = (BelcoApiOption.Create(), OperatorOptions.Format());
        (api.Recursive, format.Recursive) = (true, true);
        var list = new BelcoCommand(
            "list", "List the webhooks of all shops that your token has access to.", example: "belco webhooks list");
        var command = new BelcoCommand(
            "webhooks", "List Belco's webhooks, or activate, deactivate or delete one.",
            example: "belco webhooks activate wH3kTrdCv5JznJHFE",
            details: "Shows URLs without their query, which has the function's key.\n" + BelcoApiOption.TokenDetails)
        {
            api, format, list, ActivateWebhookCommand.Create(api, format), DeactivateWebhookCommand.Create(api, format),
            DeleteWebhookCommand.Create(api, format),
        };
        foreach (var each in new[] { command, list })
        {
            each.SetAction((parsed, cancellationToken) => ListAsync(
                parsed.GetValue(api)!, parsed.GetValue(format), cancellationToken));
        }

        return command;
    }

    /// <summary>Asks Belco for all webhooks.</summary>
    /// <exception cref="BelcoApiException">There is no usable answer.</exception>
    public static async Task<JsonDocument> ReadAsync(IBelcoApi api, CancellationToken cancellationToken)
    {
        var answer = await api.GetAsync(Path, cancellationToken);
        return answer is not null ? JsonDocument.Parse(answer.Json) : throw new BelcoApiException(
            BelcoApiError.Unusable, "Belco's API has no webhooks at this address (404). Check --api.");
    }

    private static async Task<int> ListAsync(Uri address, ListOutput.Format format, CancellationToken cancellationToken)
    {
        using var api = BelcoApiOption.Open(address);
        using var answer = await ReadAsync(api, cancellationToken);
        var webhooks = BelcoWebhook.ReadList(answer.RootElement);
        if (format is ListOutput.Format.Json || webhooks is null)
        {
            if (webhooks is null)
                await Console.Error.WriteLineAsync("Note: the list has a form that belco does not know. This is Belco's answer:");
            ListOutput.WriteJson(WithoutKeys.Json(answer.RootElement));
            return 0;
        }

        ListOutput.Write(format, webhooks, "Belco has no webhooks that your token has access to.",
            ("id", webhook => webhook.Id),
            ("shop", webhook => webhook.ShopId ?? "–"),
            ("url", webhook => webhook.Url ?? "–"),
            ("events", webhook => webhook.Events),
            ("also says", webhook => webhook.Other));
        return 0;
    }
}
