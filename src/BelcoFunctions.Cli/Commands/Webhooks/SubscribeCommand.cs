using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Cli.Commands.Webhooks;

/// <summary><c>belco subscribe</c></summary>
internal static class SubscribeCommand
{
    private const string TokenVariable = "BELCO_API_TOKEN";
    private const string Path = "v1/webhooks";
    private const int MaxShownLength = 300;

    public static BelcoCommand Create()
    {
        var shop = new Option<string>("--shop") { Description = "The id of the shop.", Required = true };
        var url = CommandUrls.Option("--url", "The complete URL of ReceiveWebhook, with its function key.", defaultUrl: null);
        var events = new Option<string[]>("--events")
        {
            Description = "The names of the events to subscribe to. The default is the six that are projected.",
            HelpName = "names",
            AllowMultipleArgumentsPerToken = true,
        };
        var api = CommandUrls.Option("--api", "The address of Belco's API.", "https://api.belco.io");
        var command = new BelcoCommand(
            "subscribe", "Ask Belco to post a shop's webhooks to a URL.",
            example: "belco subscribe --shop G4ag3eGyiKibrGcM7 --url \"https://app.example/api/webhooks/belco?code=key\"",
            details: $"Reads your personal access token for Belco from the environment variable {TokenVariable}.")
        { shop, url, events, api };
        command.SetAction((parsed, cancellationToken) => SubscribeAsync(
            new Subscription(parsed.GetValue(shop)!, parsed.GetValue(url)!, Names(parsed.GetValue(events))),
            parsed.GetValue(api)!, cancellationToken));
        return command;
    }

    // Not a default value of the option, because the help would then show all six names.
    private static string[] Names(string[]? given) => given is { Length: > 0 } ? given : [.. EventNames.Projected];

    private static async Task<int> SubscribeAsync(Subscription subscription, Uri api, CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable(TokenVariable) is not { Length: > 0 } token)
        {
            throw new CommandException(
                $"{TokenVariable} is not set. Set it to the personal access token on your profile page in Belco.");
        }

        using var http = new HttpClient { BaseAddress = api, Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await PostAsync(http, subscription, cancellationToken);
        if (!response.IsSuccessStatusCode) throw new CommandException(await ExplainAsync(response, cancellationToken));
        // Leave the query out: it has the function's key.
        var receiver = subscription.Url.GetLeftPart(UriPartial.Path);
        Console.WriteLine($"Belco will post webhooks of the shop {subscription.ShopId} to {receiver}, for these events: "
            + $"{string.Join(", ", subscription.Events)}.");
        if (ReadId(await response.Content.ReadAsStringAsync(cancellationToken)) is { } id)
        {
            Console.WriteLine($"The webhook's id in Belco, which you need to delete it: {id}");
        }

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

    private static async Task<HttpResponseMessage> PostAsync(
        HttpClient http, Subscription subscription, CancellationToken cancellationToken)
    {
        try
        {
            return await http.PostAsJsonAsync(new Uri(Path, UriKind.Relative), subscription, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException)
        {
            throw new CommandException(
                $"{http.BaseAddress} cannot be reached: {exception.Message.TrimEnd('.')}. Check --api and the network.",
                exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandException(
                $"{http.BaseAddress} did not answer within {http.Timeout.TotalSeconds:0} seconds. Try again.", exception);
        }
    }

    private static async Task<string> ExplainAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var wait = response.Headers.RetryAfter?.Delta is { } delta ? $"in {delta.TotalSeconds:0} seconds" : "in a minute";
        var sentence = response.StatusCode switch
        {
            HttpStatusCode.Unauthorized =>
                $"Belco does not accept the token in {TokenVariable}. Make a new one on your profile page in Belco.",
            HttpStatusCode.Forbidden =>
                $"Belco does not let the user of the token in {TokenVariable} do that for this shop. "
                + "Check --shop, and the user's rights in Belco.",
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity =>
                "Belco rejected the subscription. Check --shop, --url and --events.",
            HttpStatusCode.NotFound =>
                "Belco does not know this shop, or your token has no access to it. Check --shop.",
            HttpStatusCode.TooManyRequests => $"Belco received too many requests. Try again {wait}.",
            var status => $"Belco answered {(int)status}.",
        };
        var answer = DisplayText.Clean(await response.Content.ReadAsStringAsync(cancellationToken)).Trim();
        return answer.Length == 0 ? sentence : $"{sentence} Belco's answer: {DisplayText.Short(answer, MaxShownLength)}";
    }

    private sealed record Subscription(string ShopId, Uri Url, string[] Events);
}
