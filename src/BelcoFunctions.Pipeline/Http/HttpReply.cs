using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BelcoFunctions.Pipeline.Http;

/// <summary>The answer to an HTTP request. A host writes it to its response.</summary>
public sealed record HttpReply(HttpStatusCode Status, string ContentType, ReadOnlyMemory<byte> Body)
{
    private const string JsonContentType = "application/json";

    /// <summary>The content type of errors: RFC 9457.</summary>
    public const string ProblemJson = "application/problem+json";

    /// <summary>The Retry-After header.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True if the body has what people wrote: no browser may store it or show it to another site.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>The headers other than those of the content.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers
    {
        get
        {
            if (RetryAfter is { } wait)
                yield return new("Retry-After", wait.TotalSeconds.ToString("0", CultureInfo.InvariantCulture));
            if (!IsPrivate) yield break;
            yield return new("Cache-Control", "no-store");
            yield return new("X-Content-Type-Options", "nosniff");
            yield return new("Cross-Origin-Resource-Policy", "same-origin");
        }
    }

    public static HttpReply Json(HttpStatusCode status, JsonObject body) =>
        new(status, JsonContentType, JsonSerializer.SerializeToUtf8Bytes(body));

    /// <summary>A successful answer.</summary>
    internal static HttpReply Json(byte[] body) => new(HttpStatusCode.OK, JsonContentType, body);

    /// <summary>The answer to nearly every webhook, so it is written without a tree of nodes.</summary>
    internal static HttpReply Queued(string requestId, string queue)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("requestId", requestId);
            json.WriteString("queue", queue);
            json.WriteEndObject();
        }

        return new HttpReply(HttpStatusCode.OK, JsonContentType, body.WrittenMemory);
    }

    /// <summary>An error.</summary>
    /// <param name="status">The status.</param>
    /// <param name="title">The kind of error, always in the same words.</param>
    /// <param name="detail">What is wrong this time; null to say nothing about it.</param>
    public static HttpReply Problem(HttpStatusCode status, string title, string? detail)
    {
        var body = new JsonObject { ["title"] = title, ["status"] = (int)status };
        if (detail is not null) body["detail"] = detail;
        return new HttpReply(status, ProblemJson, JsonSerializer.SerializeToUtf8Bytes(body));
    }
}
