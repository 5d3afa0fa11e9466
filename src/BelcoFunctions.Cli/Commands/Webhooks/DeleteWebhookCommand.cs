using System.CommandLine;
using System.Text.Json;
using BelcoFunctions.Cli.Belco;
using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Output;

namespace BelcoFunctions.Cli.Commands.Webhooks;

/// <summary><c>belco webhooks delete</c></summary>
internal static class DeleteWebhookCommand
{
    private static readonly WebhookChange Change = new(HttpMethod.Delete, "", "deleted", "Belco sends no more events to it.");

    public static BelcoCommand Create(Option<Uri> api, Option<ListOutput.Format> format)
    {
        var id = WebhookChange.Id();
        var yes = new Option<bool>("--yes") { Description = "Do not ask before deleting." };
        var command = new BelcoCommand(
            "delete", "Delete a webhook at Belco.", example: "belco webhooks delete wH3kTrdCv5JznJHFE",
            details: "To stop it for a while only, deactivate it.")
        { id, yes };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (!parsed.GetValue(yes) && !Question.CanAsk)
            {
                throw new CommandException(
                    "Nothing was deleted: belco cannot ask you here. Add --yes to delete the webhook.");
            }

            using var opened = BelcoApiOption.Open(parsed.GetValue(api)!);
            return await DeleteAsync(
                opened, parsed.GetValue(id)!, parsed.GetValue(format),
                parsed.GetValue(yes) ? null : question => Question.ConfirmAsync(question, cancellationToken), cancellationToken);
        });
        return command;
    }

    /// <param name="api">Belco.</param>
    /// <param name="id">The webhook.</param>
    /// <param name="format">How to show what Belco answers.</param>
    /// <param name="confirm">Asks whether to go on; null to go on without a question.</param>
    /// <param name="cancellationToken">Ends the waiting for Belco.</param>
    internal static async Task<int> DeleteAsync(
        BelcoApi api, string id, ListOutput.Format format, Func<string, Task<bool>>? confirm, CancellationToken cancellationToken)
    {
        if (confirm is not null && !await confirm(await QuestionAsync(api, id, cancellationToken)))
            throw new CommandException("Nothing was deleted.");
        return await Change.MakeAsync(api, id, format, cancellationToken);
    }

    private static async Task<string> QuestionAsync(BelcoApi api, string id, CancellationToken cancellationToken)
    {
        var answer = await api.GetAsync(WebhookChange.Path(id), cancellationToken)
            ?? throw new CommandException(WebhookChange.NotFound(id));
        using var json = JsonDocument.Parse(answer.Json);
        var webhook = BelcoWebhook.Read(json.RootElement);
        var whose = webhook is { ShopId: { } shop, Url: { } url } ? $" of the shop {shop} to {url}" : "";
        return DisplayText.Clean($"Delete the webhook {id}{whose}? Belco then sends no more events to it.");
    }
}
