using System.Reflection;
using System.Text.RegularExpressions;
using BelcoFunctions.Testing.HttpContract;

namespace BelcoFunctions.Tests.Doubles;

/// <summary>The behaviour of the Functions host between a socket and a function, as observed in docs/verified.md. It finds
/// the function by route and method, and drops a body without Content-Length.</summary>
internal static class FunctionsHostDouble
{
    public static async Task<HttpCaseAnswer> SendAsync(this TestApp app, HttpCaseRequest request)
    {
        // Like Kestrel, this removes dot segments from a path.
        var url = new Uri("https://example.org" + request.Path);
        foreach (var function in typeof(HttpFunctions).GetMethods())
        {
            var trigger = function.GetParameters().FirstOrDefault()?.GetCustomAttribute<HttpTriggerAttribute>();
            if (trigger?.Methods?.Contains(request.Method, StringComparer.OrdinalIgnoreCase) is not true) continue;
            if (Route(trigger.Route!).Match(url.AbsolutePath) is not { Success: true } route) continue;
            return await CallAsync(app.Http, function, ToData(request, url), route);
        }

        return new HttpCaseAnswer(404, "", "", RetryAfter: null, Allow: null);
    }

    private static RequestDouble ToData(HttpCaseRequest request, Uri url)
    {
        var data = request.Framing switch
        {
            Framing.ContentLength => new RequestDouble(request.Body, url.Query),
            Framing.Chunked => new RequestDouble([], url.Query).Without("Content-Length").With("Transfer-Encoding", "chunked"),
            _ => new RequestDouble([], url.Query).Without("Content-Length"),
        };
        foreach (var (name, value) in request.Headers) data.With(name, value);
        return data;
    }

    private static async Task<HttpCaseAnswer> CallAsync(
        HttpFunctions functions, MethodInfo function, RequestDouble data, Match route)
    {
        object?[] arguments = [.. function.GetParameters().Select(parameter =>
            parameter.ParameterType == typeof(HttpRequestData) ? data
            : parameter.ParameterType == typeof(CancellationToken) ? CancellationToken.None
            : (object?)Decode(route.Groups[parameter.Name!].Value))];
        var response = (ResponseDouble)await (Task<HttpResponseData>)function.Invoke(functions, arguments)!;
        return new HttpCaseAnswer(
            (int)response.StatusCode, response.Header("Content-Type") ?? "", response.Text,
            response.Header("Retry-After"), response.Header("Allow")) with
        { Privacy = HttpCaseAnswer.PrivacyOf(response.Header) };
    }

    // ASP.NET Core's routing, which the host uses too, ignores one slash at the end.
    private static Regex Route(string template) =>
        new("^/api/" + Regex.Replace(template, @"\{(\w+)\}", "(?<$1>[^/]+)") + "/?$", RegexOptions.IgnoreCase);

    // Routing decodes everything except a slash.
    private static string Decode(string value) =>
        Uri.UnescapeDataString(value.Replace("%2F", "%252F", StringComparison.OrdinalIgnoreCase));
}
