using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace BelcoFunctions.Testing.Belco;

/// <summary>An answer of the API, or of something in front of it.</summary>
internal sealed record BelcoReply(int Status, string ContentType, byte[] Body)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The header Retry-After; null for none.</summary>
    public string? RetryAfter { get; init; }

    public static BelcoReply Of(JsonNode body, int status = 200) =>
        new(status, "application/json; charset=utf-8", JsonSerializer.SerializeToUtf8Bytes(body, Json));

    /// <summary>An error. Its form is invented.</summary>
    public static BelcoReply Refusal(int status, string message) => Of(new JsonObject { ["message"] = message }, status);

    /// <param name="http">The request that it answers.</param>
    /// <param name="cut">Whether the connection breaks in the middle of the body.</param>
    public async Task WriteAsync(HttpContext http, bool cut)
    {
        var response = http.Response;
        (response.StatusCode, response.ContentType, response.ContentLength) = (Status, ContentType, Body.Length);
        if (RetryAfter is not null) response.Headers.RetryAfter = RetryAfter;
        await response.Body.WriteAsync(cut ? Body.AsMemory(0, Body.Length / 2) : Body, http.RequestAborted);
        if (!cut) return;
        await response.Body.FlushAsync(http.RequestAborted);
        http.Abort();
    }
}
