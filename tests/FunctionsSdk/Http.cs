using System.Collections.Specialized;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Web;

namespace Microsoft.Azure.Functions.Worker.Http;

public abstract class HttpRequestData
{
    private NameValueCollection? query;

    public HttpRequestData(FunctionContext functionContext) => FunctionContext = functionContext;

    public FunctionContext FunctionContext { get; }

    public abstract string Method { get; }

    public abstract Uri Url { get; }

    public virtual NameValueCollection Query => query ??= HttpUtility.ParseQueryString(Url.Query);

    public abstract HttpHeadersCollection Headers { get; }

    public abstract Stream Body { get; }

    public abstract IReadOnlyCollection<IHttpCookie> Cookies { get; }

    public abstract IEnumerable<ClaimsIdentity> Identities { get; }

    public abstract HttpResponseData CreateResponse();
}

public abstract class HttpResponseData
{
    public HttpResponseData(FunctionContext functionContext) => FunctionContext = functionContext;

    public FunctionContext FunctionContext { get; }

    public abstract HttpStatusCode StatusCode { get; set; }

    public abstract HttpHeadersCollection Headers { get; set; }

    public abstract Stream Body { get; set; }

    public abstract HttpCookies Cookies { get; }
}

public sealed class HttpHeadersCollection : HttpHeaders
{
    public HttpHeadersCollection() { }
}

public interface IHttpCookie;

public abstract class HttpCookies;
