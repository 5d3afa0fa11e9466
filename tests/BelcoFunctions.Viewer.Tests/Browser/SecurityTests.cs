using System.Text.RegularExpressions;

namespace BelcoFunctions.Viewer.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class SecurityTests(BrowserFixture browser)
{
    [BrowserTheory]
    [InlineData("/", 200)]
    [InlineData("/conversations?shop=busy", 200)]
    [InlineData("/conversations", 400)]
    [InlineData("/conversations?shop=busy&after=nonsense", 400)]
    [InlineData("/conversation?shop=busy&conversation=busy-07", 200)]
    [InlineData("/conversation?shop=busy&conversation=none", 404)]
    [InlineData("/conversation?shop=busy&conversation=busy-07&page=nonsense", 404)]
    [InlineData("/event?shop=busy&conversation=c&at=2026-01-01T00:00:00Z&item=i&kind=message", 404)]
    [InlineData("/event?shop=busy", 400)]
    [InlineData("/event/raw?shop=busy", 400)]
    [InlineData("/assets/0/viewer.css", 404)]
    [InlineData("/assets/../../etc/passwd", 404)]
    [InlineData("/search", 200)]
    [InlineData("/search?q=message", 200)]
    [InlineData("/search?shop=busy", 200)]
    [InlineData("/search?shop=busy&q=message", 200)]
    [InlineData("/search?shop=busy&q=%23", 400)]
    [InlineData("/search?shop=busy&q=message&after=nonsense", 400)]
    [InlineData("/search?shop=nowhere&q=message", 404)]
    [InlineData("/live", 200)]
    [InlineData("/live/charts", 200)]
    [InlineData("/live/nowhere", 404)]
    [InlineData("/nowhere", 404)]
    [InlineData("/theme", 404)]
    [InlineData("/dead-letters", 200)]
    [InlineData("/dead-letters/group", 400)]
    [InlineData("/dead-letters/letter?id=1000001", 200)]
    [InlineData("/dead-letters/letter?id=1", 404)]
    [InlineData("/dead-letters/raw?id=1000002", 404)]
    [InlineData("/dead-letters/redrive?limit=0", 400)]
    [InlineData("/dead-letters/run?run=0", 400)]
    [InlineData("/dead-letters/run?run=00000000000000000000000000000000", 404)]
    [InlineData("/unprojected", 200)]
    [InlineData("/unprojected/event?event=contact.created&key=nonsense", 404)]
    [InlineData("/unprojected/replay?limit=0", 400)]
    public async Task Every_answer_has_the_policy_and_no_page_is_cached(string path, int status)
    {
        using var response = await SendAsync(HttpMethod.Get, path);

        Assert.Equal(status, (int)response.StatusCode);
        AssertProtected(response);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType!.ToString());
    }

    [BrowserFact]
    public async Task The_style_sheet_the_script_and_the_icon_can_be_cached_for_ever()
    {
        using var http = new HttpClient { BaseAddress = browser.Address };
        var page = await http.GetStringAsync(new Uri("/", UriKind.Relative));
        var addresses = Regex.Matches(page, "\"(/assets/[^\"]+)\"").Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(3, addresses.Count);
        foreach (var address in addresses)
        {
            using var response = await SendAsync(HttpMethod.Get, address);
            response.EnsureSuccessStatusCode();
            AssertProtected(response);
            Assert.Equal(TimeSpan.FromDays(365), response.Headers.CacheControl!.MaxAge);
        }
    }

    [BrowserTheory]
    [InlineData("Host", "belco.example", HttpStatusCode.BadRequest)]
    [InlineData("Origin", "https://belco.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "http://localhost:1", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    public async Task A_foreign_host_or_origin_is_refused(string header, string value, HttpStatusCode status)
    {
        using var response = await SendAsync(HttpMethod.Get, "/conversations?shop=samples", (header, value));

        Assert.Equal(status, response.StatusCode);
        AssertProtected(response);
        Assert.DoesNotContain("reactie", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [BrowserTheory]
    [InlineData("Host", "belco.example", HttpStatusCode.BadRequest)]
    [InlineData("Origin", "https://belco.example", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    public async Task No_page_of_another_origin_can_read_the_stream(string header, string value, HttpStatusCode status)
    {
        using var response = await SendAsync(HttpMethod.Get, "/live/stream", (header, value));
        Assert.Equal(status, response.StatusCode);
        AssertProtected(response);
        Assert.NotEqual("text/event-stream", response.Content.Headers.ContentType?.MediaType);
    }

    [BrowserFact]
    public async Task A_form_without_its_token_changes_nothing()
    {
        using var response = await SendAsync(
            HttpMethod.Post, "/theme", content: new FormUrlEncodedContent([new("theme", "dark"), new("return", "/")]));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        AssertProtected(response);
        Assert.False(response.Headers.TryGetValues("Set-Cookie", out var cookies)
            && cookies.Any(cookie => cookie.StartsWith("belco-theme", StringComparison.Ordinal)));
    }

    [BrowserTheory]
    [InlineData("/conversations?shop=busy", "/conversations?shop=busy")]
    [InlineData("//belco.example", "/")]
    [InlineData("/\\belco.example", "/")]
    [InlineData("https://belco.example", "/")]
    [InlineData("", "/")]
    public async Task The_switch_returns_only_to_pages_of_the_viewer(string address, string location)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = browser.Address };
        var page = await http.GetStringAsync(new Uri("/", UriKind.Relative));
        var token = Regex.Match(page, "name=\"(__[^\"]+)\" value=\"([^\"]+)\"");

        using var response = await http.PostAsync(new Uri("/theme", UriKind.Relative), new FormUrlEncodedContent(
            [new(token.Groups[1].Value, token.Groups[2].Value), new("theme", "dark"), new("return", address)]));

        Assert.Equal((HttpStatusCode.Redirect, location), (response.StatusCode, response.Headers.Location?.OriginalString));
    }

    internal static void AssertProtected(HttpResponseMessage response)
    {
        Assert.Equal(ViewerSecurity.ContentSecurityPolicy, Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, (string Name, string Value)? header = null, HttpContent? content = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, new Uri(browser.Address, path)) { Content = content };
        if (header is { } added) request.Headers.TryAddWithoutValidation(added.Name, added.Value);
        return await http.SendAsync(request);
    }
}
