using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using BelcoFunctions.Cli.Belco;
using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Importing;

namespace BelcoFunctions.Cli.Commands.Webhooks;

/// <summary><c>belco subscribe</c></summary>
internal static class SubscribeCommand
{
    private const int MaxIdLength = 300;

    public static BelcoCommand Create()
    {
        var shop = new Option<string>("--shop") { Description = "The id of the shop.", Required = true };
        var url = UrlOption.Create("--url", "The complete URL of ReceiveWebhook, with its function key.", defaultUrl: null);
        var events = new Option<string[]>("--events")
        {
            Description = "The names of the events to subscribe to. The default is the six that are projected.",
            HelpName = "names",
            AllowMultipleArgumentsPerToken = true,
        };
        var force = new Option<bool>("--force")
        {
            Description = "Subscribe even if the shop has a webhook to the same URL. Belco then sends each event twice.",
        };
        var api = BelcoApiOption.Create();
        var command = new BelcoCommand(
            "subscribe", "Ask Belco to post a shop's webhooks to a URL.",
            example: "belco subscribe --shop G4ag3eGyiKibrGcM7 --url \"https://app.example/api/webhooks/belco?code=key\"",
            details: BelcoApiOption.TokenDetails)
        { shop, url, events, force, api };
        command.SetAction((parsed, cancellationToken) => SubscribeAsync(
            new Subscription(parsed.GetValue(shop)!, parsed.GetValue(url)!, Names(parsed.GetValue(events))),
            parsed.GetValue(force), parsed.GetValue(api)!, cancellationToken));
        return command;
    }

    // Not a default value of the option, because the help would then show all six names.
    private static string[] Names(string[]? given) => given is { Length: > 0 } ? given : [.. EventNames.Projected];

    private static async Task<int> SubscribeAsync(
        Subscription subscription, bool force, Uri address, CancellationToken cancellationToken)
    {
        using var api = BelcoApiOption.Open(address);
        if (!force) await RefuseSecondAsync(api, subscription, cancellationToken);
        var reply = await api.SendAsync(
            HttpMethod.Post, WebhooksCommand.Path, JsonSerializer.Serialize(subscription, JsonSerializerOptions.Web),
            cancellationToken);
        if (!reply.IsSuccess)
        {
            throw ReplyErrors.Explain(
                reply, rejected: "Belco rejected the subscription. Check --shop, --url and --events.",
                notFound: "Belco does not know this shop, or your token has no access to it. Check --shop.");
        }

        Console.WriteLine($"Belco will post webhooks of the shop {subscription.ShopId} to {subscription.Receiver}, "
            + $"for these events: {string.Join(", ", subscription.Events)}.");
        if (ReadId(reply.Text) is { } id)
            Console.WriteLine($"The webhook's id in Belco, which you need to delete it: {DisplayText.Short(id, MaxIdLength)}");
        return 0;
    }

    // A list that cannot be read does not keep a shop from its first webhook: a second one costs only twice the requests.
    private static async Task RefuseSecondAsync(BelcoApi api, Subscription subscription, CancellationToken cancellationToken)
    {
        const string note = "Note: belco cannot check whether the shop already has a webhook to this URL.";
        IReadOnlyList<BelcoWebhook>? webhooks;
        try
        {
            using var answer = await WebhooksCommand.ReadAsync(api, cancellationToken);
            webhooks = BelcoWebhook.ReadList(answer.RootElement);
            if (webhooks is null)
            {
                await Console.Error.WriteLineAsync(
                    $"{note} Belco's list has a form that belco does not know: see belco webhooks.");
            }
        }
        catch (BelcoApiException exception) when (exception.Error is not BelcoApiError.Unavailable)
        {
            await Console.Error.WriteLineAsync($"{note} {exception.Message}");
            return;
        }

        if (webhooks?.FirstOrDefault(webhook => webhook.IsOf(subscription.ShopId, subscription.Url)) is { Id: var id })
        {
            throw new CommandException(DisplayText.Clean(
                $"The shop {subscription.ShopId} already has a webhook to {subscription.Receiver}: {id}. With a second one, "
                + $"Belco would send each event twice. If Belco paused it, run belco webhooks activate {id}. To replace it, "
                + $"first run belco webhooks delete {id}. To subscribe all the same, add --force."));
        }
    }

    // The id is only needed to delete the webhook, so an answer without an id is not an error.
    private static string? ReadId(string answer)
    {
        try
        {
            using var webhook = JsonDocument.Parse(answer);
            return BelcoWebhook.Read(webhook.RootElement) is { Id: var id } ? DisplayText.Clean(id) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Subscription(string ShopId, Uri Url, string[] Events)
    {
        [JsonIgnore]
        public string Receiver => ReceiverUrl.WithoutKey(Url);
    }
}
