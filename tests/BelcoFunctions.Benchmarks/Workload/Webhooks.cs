using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BelcoFunctions.Generator.Webhooks;
using BelcoFunctions.Pipeline.Receiving;

namespace BelcoFunctions.Benchmarks.Workload;

/// <summary>Makes any number of webhooks of about 1 KB from Belco's samples.</summary>
internal static class Webhooks
{
    public static readonly DateTimeOffset Start = new(2025, 6, 11, 9, 0, 0, TimeSpan.Zero);

    private static readonly WebhookBody[] Samples =
        [.. EventNames.Projected.Select(name => WebhookBody.Read(PayloadFiles.Read(name)))];

    /// <summary>Signatures are required, as in production.</summary>
    public static WebhookSettings Settings { get; } = new()
    {
        Secrets = ["0123456789abcdef0123456789abcdef"],
        SignatureHeader = "X-Belco-Signature",
    };

    /// <summary>The body of an event.</summary>
    /// <param name="shopId">The shop.</param>
    /// <param name="conversation">The number of a conversation in its shop.</param>
    /// <param name="number">The number of an event in its shop. Later events have higher numbers.</param>
    public static byte[] Body(string shopId, int conversation, int number)
    {
        var at = Start.AddSeconds(number);
        var ids = new WebhookIds(Id("r", number), shopId, Id("c", conversation), Id("i", number));
        return Samples[number % Samples.Length].As(ids, at, at.AddSeconds(1)).ToUtf8();
    }

    /// <summary>The value of the signature header.</summary>
    public static string Sign(byte[] body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Settings.Secrets[0]), body));

    /// <summary>As the receiver queues it.</summary>
    public static QueuedEvent ToQueued(byte[] body) => EventRouter.Route(EventReader.ReadRoute(body), body, Start.AddYears(1));

    // 17 characters, as Belco's are.
    private static string Id(string kind, int number) => kind + number.ToString("D16", CultureInfo.InvariantCulture);
}
