using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Generator;
using BelcoFunctions.Pipeline.Receiving;

namespace BelcoFunctions.Cli.Commands.Webhooks;

/// <summary>Posts webhooks as Belco does, signed if a secret is set.</summary>
internal sealed class WebhookSender(HttpClient http, WebhookSettings settings)
{
    /// <summary>The header of the signature, unless <c>Webhook__SignatureHeader</c> names another.</summary>
    public const string DefaultHeader = "X-Signature";

    private const int AtATime = 8;

    /// <exception cref="CommandException">The receiver cannot be reached, or does not answer in time.</exception>
    public async Task<SendResult> SendAsync(Uri url, byte[] body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (settings.Secrets.Count > 0)
            request.Headers.TryAddWithoutValidation(settings.SignatureHeader ?? DefaultHeader, Sign(body));
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return new SendResult((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException)
        {
            throw new CommandException($"{ReceiverUrl.WithoutKey(url)} cannot be reached: {exception.Message.TrimEnd('.')}. "
                + "Check the URL and that the receiver runs.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandException(
                $"{ReceiverUrl.WithoutKey(url)} did not answer within {http.Timeout.TotalSeconds:0} seconds. "
                + "Check that the receiver runs, and try again.");
        }
    }

    /// <summary>Posts one webhook that the receiver must accept.</summary>
    /// <exception cref="CommandException">The receiver does not accept it, or cannot be reached.</exception>
    public async Task<SendResult> DeliverAsync(Uri url, string eventName, byte[] body, CancellationToken cancellationToken)
    {
        var sent = await SendAsync(url, body, cancellationToken);
        return sent.IsSuccess ? sent : throw new CommandException(
            $"The webhook {eventName} failed: {sent.Summary.TrimEnd('.')}. Fix that and try again.");
    }

    /// <summary>Posts the webhooks of a shop, some at a time. Their order may change a little, as Belco's does.</summary>
    /// <exception cref="CommandException">The receiver does not accept one, or cannot be reached.</exception>
    public Task SendAllAsync(
        Uri url, IEnumerable<WebhookDelivery> deliveries, SlowProgress progress, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            deliveries, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken },
            async (delivery, token) =>
            {
                await DeliverAsync(url, delivery.Webhook.EventName, delivery.Webhook.ToUtf8(), token);
                progress.Increment();
            });

    private string Sign(byte[] body)
    {
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(settings.Secrets[0]), body);
        return settings.SignaturePrefix
            + (settings.SignatureEncoding is SignatureEncoding.Base64
                ? Convert.ToBase64String(hash) : Convert.ToHexStringLower(hash));
    }
}

/// <summary>The response of a receiver.</summary>
internal sealed record SendResult(int Status, string Body)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The queue that the event went to, if the receiver is this project's.</summary>
    public string? Queue => Field("queue");

    /// <summary>The status, with the reason if the receiver gives one as problem+json.</summary>
    public string Summary => (Field("detail") ?? Field("title")) is { } problem ? $"{Status}: {problem}" : $"{Status}";

    private string? Field(string name)
    {
        try
        {
            using var json = JsonDocument.Parse(Body);
            return json.RootElement.ValueKind is JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var value)
                && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
