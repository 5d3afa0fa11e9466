using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BelcoFunctions.Pipeline.Http;

/// <summary>An answer to an HTTP request, for a host to write.</summary>
public sealed record HttpReply(HttpStatusCode Status, string ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>What an error's body is: RFC 9457.</summary>
    public const string ProblemJson = "application/problem+json";

    /// <summary>The Retry-After header.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static HttpReply Json(HttpStatusCode status, JsonObject body) =>
        new(status, "application/json", JsonSerializer.SerializeToUtf8Bytes(body));

    /// <param name="status">The status.</param>
    /// <param name="title">The kind of problem, the same each time.</param>
    /// <param name="detail">What is wrong this time; null to tell nothing.</param>
    public static HttpReply Problem(HttpStatusCode status, string title, string? detail)
    {
        var body = new JsonObject { ["title"] = title, ["status"] = (int)status };
        if (detail is not null) body["detail"] = detail;
        return new HttpReply(status, ProblemJson, JsonSerializer.SerializeToUtf8Bytes(body));
    }
}
