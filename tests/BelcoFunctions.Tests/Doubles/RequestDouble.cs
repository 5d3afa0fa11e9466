using System.Security.Claims;
using System.Text;

namespace BelcoFunctions.Tests.Doubles;

/// <summary>A request as the Functions worker hands it to a function.</summary>
internal sealed class RequestDouble : HttpRequestData
{
    public RequestDouble(byte[] body, string query = "") : base(Substitute.For<FunctionContext>())
    {
        Url = new("https://example.org/" + query);
        Body = new MemoryStream(body);
        With("Content-Length", $"{body.Length}");
    }

    public override string Method => throw new NotSupportedException();

    public override Uri Url { get; }

    public override HttpHeadersCollection Headers { get; } = new();

    public override Stream Body { get; }

    public override IReadOnlyCollection<IHttpCookie> Cookies => [];

    public override IEnumerable<ClaimsIdentity> Identities => [];

    /// <summary>Creates a request with any headers, valid or not.</summary>
    public RequestDouble With(string header, params string[] values)
    {
        Headers.TryAddWithoutValidation(header, values);
        return this;
    }

    public RequestDouble Without(string header)
    {
        Headers.Remove(header);
        return this;
    }

    public override HttpResponseData CreateResponse() => new ResponseDouble(FunctionContext);
}

internal sealed class ResponseDouble(FunctionContext context) : HttpResponseData(context)
{
    public override HttpStatusCode StatusCode { get; set; }

    public override HttpHeadersCollection Headers { get; set; } = new();

    public override Stream Body { get; set; } = new MemoryStream();

    public override HttpCookies Cookies => throw new NotSupportedException();

    public string Text => Encoding.UTF8.GetString(((MemoryStream)Body).ToArray());

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? Assert.Single(values) : null;
}
