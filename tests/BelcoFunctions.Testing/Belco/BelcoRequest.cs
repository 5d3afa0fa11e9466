using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BelcoFunctions.Testing.Belco;

/// <summary>A request to the API.</summary>
/// <param name="Method">In capitals.</param>
/// <param name="Path">The parts of the path after the version, unescaped.</param>
/// <param name="Target">The same path as it came, with its query.</param>
/// <param name="Skip">How many to pass over.</param>
/// <param name="Limit">How many to answer at most.</param>
/// <param name="Token">The bearer token; empty if there is none.</param>
/// <param name="Body">The body; null if it is no JSON object.</param>
internal sealed record BelcoRequest(
    string Method, string[] Path, string Target, int Skip, int Limit, string Token, JsonObject? Body)
{
    private const string Version = "/v1/";
    private const string Scheme = "Bearer ";
    private const int UsualLimit = 100;

    public static async Task<BelcoRequest> ReadAsync(HttpRequest request)
    {
        // Kestrel leaves %2F as it is, so that an id with a slash could not be told from one with %2F.
        var raw = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var target = raw.StartsWith(Version, StringComparison.Ordinal) ? raw[Version.Length..] : "";
        var path = target.Split('?')[0].Split('/').Select(Uri.UnescapeDataString).ToArray();
        var authorization = request.Headers.Authorization.ToString();
        var token = authorization.StartsWith(Scheme, StringComparison.Ordinal) ? authorization[Scheme.Length..] : "";
        return new(request.Method, path, target, Number("skip", 0), Number("limit", UsualLimit), token, await BodyAsync(request));

        int Number(string name, int usual) =>
            int.TryParse(request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : usual;
    }

    private static async Task<JsonObject?> BodyAsync(HttpRequest request)
    {
        try
        {
            return await JsonNode.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
