using System.Globalization;
using Google.Protobuf;

namespace BelcoFunctions.WorkerHost;

/// <summary>A request as the host passes it on.</summary>
internal sealed record HttpMessage(string Method, string Path, byte[] Body)
{
    /// <summary>The parts of the path that have a name.</summary>
    public IEnumerable<(string Name, string Value)> Route { get; init; } = [];

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public static HttpMessage Get(string path) => new("GET", path, []);

    /// <summary>With Content-Length.</summary>
    public static HttpMessage Post(string path, byte[] body) => new("POST", path, body)
    {
        Headers = [("Content-Length", body.Length.ToString(CultureInfo.InvariantCulture))],
    };

    public RpcHttp ToRpc()
    {
        var http = new RpcHttp { Method = Method, Url = "https://example.org" + Path };
        foreach (var (name, value) in Headers) http.NullableHeaders[name] = new NullableString { Value = value };
        if (Body.Length > 0) http.Body = new TypedData { Bytes = ByteString.CopyFrom(Body) };
        return http;
    }
}

/// <summary>What the host sends back.</summary>
internal sealed record HttpAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public static HttpAnswer From(InvocationResponse response)
    {
        if (response.Result.Status is not StatusResult.Types.Status.Success)
            throw new InvalidOperationException($"The invocation failed: {response.Result.Exception?.Message}");
        var http = response.ReturnValue.Http;
        return new HttpAnswer(int.Parse(http.StatusCode, CultureInfo.InvariantCulture),
            new Dictionary<string, string>(http.Headers, StringComparer.OrdinalIgnoreCase), http.Body.Bytes.ToStringUtf8());
    }
}
