using Microsoft.AspNetCore.Http;

namespace BelcoFunctions.Viewer.Tests.Web;

public sealed class ForeignRequestTests
{
    [Theory]
    [InlineData("GET", null, null, null, false)]
    [InlineData("GET", null, "same-origin", "no-cors", false)]
    [InlineData("GET", null, "none", "navigate", false)]
    [InlineData("GET", null, "cross-site", "navigate", false)]
    [InlineData("GET", null, "cross-site", "no-cors", true)]
    [InlineData("GET", null, "same-site", "no-cors", true)]
    [InlineData("POST", null, "cross-site", "navigate", true)]
    [InlineData("POST", "http://localhost:7071", "same-origin", "cors", false)]
    [InlineData("POST", "null", "same-origin", "navigate", false)]
    [InlineData("POST", "null", "cross-site", "navigate", true)]
    [InlineData("POST", "null", null, null, true)]
    [InlineData("GET", "http://localhost:8080", null, null, true)]
    [InlineData("GET", "https://evil.example", null, null, true)]
    public void Only_requests_from_our_own_pages_and_links_to_them_are_accepted(
        string method, string? origin, string? site, string? mode, bool foreign)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Scheme, request.Host) = (method, "http", new HostString("localhost", 7071));
        if (origin is not null) request.Headers.Origin = origin;
        if (site is not null) request.Headers["Sec-Fetch-Site"] = site;
        if (mode is not null) request.Headers["Sec-Fetch-Mode"] = mode;

        Assert.Equal(foreign, ForeignRequest.IsForeign(request));
    }
}
