using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using BelcoFunctions.Local.Rendering;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Local.Commands;

/// <summary><c>belco subscribe</c></summary>
internal static class SubscribeCommand
{
    private const string TokenVariable = "BELCO_API_TOKEN";
    private const string Path = "v1/webhooks";
    private const int ShownAnswer = 300;

    public static Command Create()
    {
        var shop = new Option<string>("--shop") { Description = "The shop's id.", Required = true };
        var url = CommandUrls.Option("--url", "The whole URL of ReceiveWebhook, its key included.", defaultUrl: null);
        var events = new Option<string[]>("--events")
        {
            Description = "The events to be told of; the six that are projected, unless given.",
            DefaultValueFactory = _ => [.. EventNames.Projected],
            AllowMultipleArgumentsPerToken = true,
        };
        var api = CommandUrls.Option("--api", "Belco's API.", "https://api.belco.io");
        var command = new Command("subscribe", $"""
            Asks Belco to call a URL for a shop's events. Belco's personal access token is read from {TokenVariable}.

            Example: {TokenVariable}=… belco subscribe --shop G4ag3eGyiKibrGcM7 --url "https://….azurewebsites.net/api/webhooks/belco?code=…"
            """)
        { shop, url, events, api };
        command.SetAction((parsed, cancellationToken) => SubscribeAsync(
            new Subscription(parsed.GetValue(shop)!, parsed.GetValue(url)!, parsed.GetValue(events)!), parsed.GetValue(api)!, cancellationToken));
        return command;
    }

    private static async Task<int> SubscribeAsync(Subscription subscription, Uri api, CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable(TokenVariable) is not { Length: > 0 } token)
        {
            throw new LocalHostException($"{TokenVariable} is not set; set it to the personal access token on your profile page in Belco.");
        }

        using var http = new HttpClient { BaseAddress = api, Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await PostAsync(http, subscription, cancellationToken);
        if (!response.IsSuccessStatusCode) throw new LocalHostException(await ExplainAsync(response, cancellationToken));
        Console.WriteLine($"Belco will call {subscription.Url.GetLeftPart(UriPartial.Path)} for {subscription.Events.Length} events of the shop {subscription.ShopId}.");
        if (ReadId(await response.Content.ReadAsStringAsync(cancellationToken)) is { } id) Console.WriteLine($"The webhook's id, to take it away by: {id}");
        return 0;
    }

    // It is needed to take the webhook away, and nothing else is: an answer that is not understood is no failure.
    private static string? ReadId(string answer)
    {
        try
        {
            using var webhook = JsonDocument.Parse(answer);
            return webhook.RootElement.ValueKind is JsonValueKind.Object && webhook.RootElement.TryGetProperty("_id", out var id)
                && id.GetString() is { } text ? DisplayText.Short(DisplayText.Clean(text), ShownAnswer) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient http, Subscription subscription, CancellationToken cancellationToken)
    {
        try
        {
            return await http.PostAsJsonAsync(new Uri(Path, UriKind.Relative), subscription, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException)
        {
            throw new LocalHostException($"{http.BaseAddress} cannot be reached: {exception.Message}", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LocalHostException($"{http.BaseAddress} did not answer within {http.Timeout.TotalSeconds:0} seconds.", exception);
        }
    }

    private static async Task<string> ExplainAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var wait = response.Headers.RetryAfter?.Delta is { } delta ? $"in {delta.TotalSeconds:0} seconds" : "in a minute";
        var sentence = response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => $"Belco does not accept the token in {TokenVariable}; make a new one on your profile page.",
            HttpStatusCode.Forbidden => $"Belco does not let the user of the token in {TokenVariable} do that for this shop; check --shop, and the user's rights.",
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => "Belco does not take this subscription; check --shop, --url and --events.",
            HttpStatusCode.NotFound => "Belco does not know that shop, or the token's user has no access to it; check --shop.",
            HttpStatusCode.TooManyRequests => $"Belco takes no more requests just now; try again {wait}.",
            var status => $"Belco answered {(int)status}.",
        };
        var answer = DisplayText.Clean(await response.Content.ReadAsStringAsync(cancellationToken)).Trim();
        return answer.Length == 0 ? sentence : $"{sentence} It said: {DisplayText.Short(answer, ShownAnswer)}";
    }

    private sealed record Subscription(string ShopId, Uri Url, string[] Events);
}
