using System.CommandLine;
using System.Net;
using System.Text.Json;
using BelcoFunctions.Cli.Belco;
using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Cli.Commands.Webhooks;

/// <summary><c>belco subscribe</c></summary>
internal static class SubscribeCommand
{
    private const string Path = "webhooks";
    private const int MaxShownLength = 300;

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
        var api = BelcoApiOption.Create();
        var command = new BelcoCommand(
            "subscribe", "Ask Belco to post a shop's webhooks to a URL.",
            example: "belco subscribe --shop G4ag3eGyiKibrGcM7 --url \"https://app.example/api/webhooks/belco?code=key\"",
            details: BelcoApiOption.TokenDetails)
        { shop, url, events, api };
        command.SetAction((parsed, cancellationToken) => SubscribeAsync(
            new Subscription(parsed.GetValue(shop)!, parsed.GetValue(url)!, Names(parsed.GetValue(events))),
            parsed.GetValue(api)!, cancellationToken));
        return command;
    }

    // Not a default value of the option, because the help would then show all six names.
    private static string[] Names(string[]? given) => given is { Length: > 0 } ? given : [.. EventNames.Projected];

    private static async Task<int> SubscribeAsync(Subscription subscription, Uri address, CancellationToken cancellationToken)
    {
        using var api = BelcoApiOption.Open(address);
        var reply = await api.SendAsync(
            HttpMethod.Post, Path, JsonSerializer.Serialize(subscription, JsonSerializerOptions.Web), cancellationToken);
        if (!reply.IsSuccess) throw new CommandException(Explain(reply));
        // Leave the query out: it has the function's key.
        var receiver = subscription.Url.GetLeftPart(UriPartial.Path);
        Console.WriteLine($"Belco will post webhooks of the shop {subscription.ShopId} to {receiver}, for these events: "
            + $"{string.Join(", ", subscription.Events)}.");
        if (ReadId(reply.Text) is { } id) Console.WriteLine($"The webhook's id in Belco, which you need to delete it: {id}");
        return 0;
    }

    // The id is only needed to delete the webhook, so an answer without an id is not an error.
    private static string? ReadId(string answer)
    {
        try
        {
            using var webhook = JsonDocument.Parse(answer);
            return webhook.RootElement.ValueKind is JsonValueKind.Object && webhook.RootElement.TryGetProperty("_id", out var id)
                && id.GetString() is { } text
                ? DisplayText.Short(DisplayText.Clean(text), MaxShownLength) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Explain(BelcoReply reply)
    {
        var sentence = reply.Status switch
        {
            HttpStatusCode.Unauthorized =>
                $"Belco does not accept the token in {BelcoToken.Variable}. Make a new one on your profile page in Belco.",
            HttpStatusCode.Forbidden =>
                $"Belco does not let the user of the token in {BelcoToken.Variable} do that for this shop. "
                + "Check --shop, and the user's rights in Belco.",
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity =>
                "Belco rejected the subscription. Check --shop, --url and --events.",
            HttpStatusCode.NotFound =>
                "Belco does not know this shop, or your token has no access to it. Check --shop.",
            HttpStatusCode.TooManyRequests => "Belco received too many requests. Try again later.",
            var status => $"Belco answered {(int)status}.",
        };
        var answer = DisplayText.Clean(reply.Text).Trim();
        return answer.Length == 0 ? sentence : $"{sentence} Belco's answer: {DisplayText.Short(answer, MaxShownLength)}";
    }

    private sealed record Subscription(string ShopId, Uri Url, string[] Events);
}
