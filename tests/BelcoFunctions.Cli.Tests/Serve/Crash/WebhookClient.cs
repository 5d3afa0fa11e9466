using System.Security.Cryptography;
using BelcoFunctions.Generator.Webhooks;

namespace BelcoFunctions.Cli.Tests.Serve.Crash;

/// <summary>Posts signed events of one shop, one after another, and remembers which were acknowledged.</summary>
internal sealed class WebhookClient(HttpClient http, Uri url, string shopId, int seed, bool sendsLargeBodies)
{
    private const string Secret = "0123456789abcdef";
    private const string SignatureHeader = "X-Belco-Signature";
    private const int Conversations = 5;
    private const int LargeEvery = 10;
    private static readonly DateTimeOffset Begin = new(2025, 6, 11, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(20);

    /// <summary>The environment of a serve that accepts these clients' webhooks.</summary>
    public static readonly (string, string)[] Settings =
        [("Webhook__Secret", Secret), ("Webhook__SignatureHeader", SignatureHeader)];

    private readonly Random random = new(seed);
    private int count;

    /// <summary>The events that were answered 200.</summary>
    public List<ItemIdentity> Acknowledged { get; } = [];

    /// <summary>Posts until cancelled. Like Belco, it posts an event again after a while if it was not
    /// acknowledged.</summary>
    public async Task RunAsync(Action acknowledged, CancellationToken cancellationToken)
    {
        using var retries = new PeriodicTimer(RetryPause);
        while (!cancellationToken.IsCancellationRequested)
        {
            var body = NextEvent();
            while (!await TryPostAsync(body, cancellationToken))
            {
                if (cancellationToken.IsCancellationRequested) return;
                await retries.WaitForNextTickAsync(CancellationToken.None);
            }

            Acknowledged.Add(body.ToEvent().Identity);
            acknowledged();
        }
    }

    public static async Task<HttpResponseMessage> PostAsync(
        HttpClient http, Uri url, byte[] body, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        var signature = Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body));
        request.Headers.Add(SignatureHeader, signature);
        return await http.SendAsync(request, cancellationToken);
    }

    private async Task<bool> TryPostAsync(byte[] body, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await PostAsync(http, url, body, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception)
            when (exception is HttpRequestException or OperationCanceledException or IOException or SocketException)
        {
            return false;
        }
    }

    private byte[] NextEvent()
    {
        count++;
        var (at, number) = (Begin.AddMilliseconds(random.Next(60_000)), $"{seed}-{count}");
        var sample = WebhookBody.Read(PayloadFiles.Read(PayloadFiles.Names[random.Next(PayloadFiles.Names.Count)]));
        var conversation = $"conversation-{random.Next(Conversations)}";
        var e = sample.As(new WebhookIds("request-" + number, shopId, conversation, "item-" + number), at, at.AddSeconds(1));
        if (!sendsLargeBodies || count % LargeEvery != 0) return e.ToUtf8();
        var item = e.Payload.Item with { Body = new string('x', ClaimCheck.MaxQueuedBytes) };
        return (e with { Payload = e.Payload with { Item = item } }).ToUtf8();
    }
}
