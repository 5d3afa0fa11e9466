using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace BelcoFunctions.Viewer.Assets;

/// <summary>The style sheet, the scripts and the icon. Each address has a hash of the content, so that a browser may cache it
/// for ever.</summary>
internal static class ViewerAssets
{
    public const string Route = "/assets/{version}/{name}";

    private const string CacheForever = "public, max-age=31536000, immutable";

    private static readonly Dictionary<string, Asset> All = new Asset[]
    {
        Load("viewer.css", "text/css; charset=utf-8"),
        Load("viewer.js", "text/javascript; charset=utf-8"),
        Load("live.js", "text/javascript; charset=utf-8"),
        Load("refresh.js", "text/javascript; charset=utf-8"),
        Load("favicon.svg", "image/svg+xml"),
    }.ToDictionary(asset => asset.Name, StringComparer.Ordinal);

    public static string StyleSheet { get; } = Address("viewer.css");

    public static string Script { get; } = Address("viewer.js");

    public static string LiveScript { get; } = Address("live.js");

    public static string RefreshScript { get; } = Address("refresh.js");

    public static string Icon { get; } = Address("favicon.svg");

    public static IResult Get(string version, string name, HttpContext http)
    {
        if (!All.TryGetValue(name, out var asset) || asset.Version != version) return TypedResults.NotFound();
        http.Response.Headers.CacheControl = CacheForever;
        return TypedResults.Bytes(asset.Content, asset.ContentType);
    }

    private static string Address(string name) => $"/assets/{All[name].Version}/{name}";

    private static Asset Load(string name, string contentType)
    {
        using var stream = typeof(ViewerAssets).Assembly.GetManifestResourceStream($"Assets/{name}")!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new Asset(name, contentType, content, Convert.ToHexStringLower(SHA256.HashData(content))[..16]);
    }

    private sealed record Asset(string Name, string ContentType, byte[] Content, string Version);
}
