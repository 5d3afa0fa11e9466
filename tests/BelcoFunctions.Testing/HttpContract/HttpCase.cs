using BelcoFunctions.Pipeline.Receiving;

namespace BelcoFunctions.Testing.HttpContract;

/// <summary>A request and its only right answer, the same for both hosts.</summary>
/// <param name="Name">The name in a test run.</param>
/// <param name="Request">The request.</param>
/// <param name="Status">The status of the answer.</param>
internal sealed record HttpCase(string Name, HttpCaseRequest Request, int Status)
{
    private const string Secret = "0123456789abcdef";
    private const string Previous = "fedcba9876543210";

    /// <summary>The size of the largest accepted body, in bytes.</summary>
    public const int MaxBodyBytes = 100_000;

    public const string SignatureHeader = "X-Signature";

    /// <summary>Whether the host requires signatures.</summary>
    public bool Signed { get; init; }

    /// <summary>Whether the signature may stand in any header.</summary>
    public bool AnyHeader { get; init; }

    /// <summary>Whether webhooks without the right signature are accepted beside a secret.</summary>
    public bool AllowUnsigned { get; init; }

    /// <summary>Whether the answer contains texts of people.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>Whether the queue is unavailable.</summary>
    public bool QueueIsAway { get; init; }

    /// <summary>The queue that a 200 names.</summary>
    public string? Queue { get; init; }

    /// <summary>The title of a problem document; null for other answers.</summary>
    public string? Problem { get; init; }

    /// <summary>The detail of a problem document; null if any will do.</summary>
    public string? Detail { get; init; }

    /// <summary>The settings of the host.</summary>
    public WebhookSettings Settings => new()
    {
        MaxBodyBytes = MaxBodyBytes,
        Secrets = Signed ? [Secret, Previous] : [],
        SignatureHeader = AnyHeader ? null : SignatureHeader,
        AllowUnsigned = AllowUnsigned,
    };

    public static string Sign(byte[] body) => Convert.ToHexStringLower(Hash(body, Secret));

    public static string SignBase64(byte[] body) => Convert.ToBase64String(Hash(body, Secret));

    public static string SignBefore(byte[] body) => Convert.ToHexStringLower(Hash(body, Previous));

    private static byte[] Hash(byte[] body, string secret) =>
        System.Security.Cryptography.HMACSHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret), body);

    public void ShouldBe(HttpCaseAnswer answer)
    {
        Assert.Equal(Status, answer.Status);
        Assert.Equal(Status == 503 ? "10" : null, answer.RetryAfter);
        Assert.Null(answer.Allow);
        if (IsPrivate) Assert.Equal("no-store|nosniff|same-origin", answer.Privacy);
        if (Problem is not null)
        {
            Assert.Equal("application/problem+json", answer.ContentType);
            var problem = JsonNode.Parse(answer.Body)!;
            Assert.Equal((Problem, Status), ((string)problem["title"]!, (int)problem["status"]!));
            if (Detail is not null) Assert.Equal(Detail, (string?)problem["detail"]);
        }
        else if (Queue is not null)
        {
            Assert.Equal("application/json", answer.ContentType);
            Assert.Equal(Queue, (string)JsonNode.Parse(answer.Body)!["queue"]!);
        }
        else if (Status == 404)
        {
            // No route: the host itself answers, without a body.
            Assert.Equal(("", ""), (answer.ContentType, answer.Body));
        }
    }
}
