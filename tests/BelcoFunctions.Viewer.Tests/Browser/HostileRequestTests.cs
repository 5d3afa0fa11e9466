namespace BelcoFunctions.Viewer.Tests.Browser;

/// <summary>Addresses and requests that no page of the viewer makes.</summary>
[Collection(BrowserCollection.Name)]
public sealed class HostileRequestTests(BrowserFixture browser)
{
    private static readonly string[] Pages =
    [
        "/", "/conversations", "/conversations/export", "/conversation", "/event", "/event/raw", "/dead-letters",
        "/dead-letters/group", "/dead-letters/letter", "/dead-letters/raw", "/dead-letters/redrive", "/dead-letters/run",
        "/unprojected", "/unprojected/group", "/unprojected/event", "/unprojected/raw", "/unprojected/replay", "/unprojected/run",
        "/search",
    ];

    private static readonly string[] Parameters =
    [
        "shop", "conversation", "at", "request", "item", "page", "after", "status", "assignedTo", "customerId", "channel",
        "waiting", "since", "until", "timeZone", "format", "queue", "reason", "id", "after", "through", "run",
        "limit", "event", "key", "q",
    ];

    public static TheoryData<string> Values =>
    [
        "", "..", "%2F", "%252F", "%00", "%01%1B%0A%0D%7F", "%ED%A0%80", "%EF%BF%BF", "%zz", "%27",
        "%27%20or%20PartitionKey%20gt%20%27",
        "9223372036854775807.9223372036854775807", "1.1",
        "~h", "+", "cmVjZW50Xw", "////", "9999-12-31T23:59:59.9999999Z", "0001-01-01T00:00:00%2B14:00", "%E2%80%AE",
        "%3Cscript%3Ealert(1)%3C/script%3E%22%27", new('x', 20_000), string.Concat(Enumerable.Repeat("%E4%B8%80", 1_500)),
    ];

    [BrowserTheory]
    [MemberData(nameof(Values))]
    public async Task Every_parameter_value_gets_a_page_or_404_or_400(string value)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        foreach (var (page, parameter) in Pages.SelectMany(page => Parameters.Select(parameter => (page, parameter))))
        {
            var others = "shop=busy&conversation=busy-07&at=2026-01-01T00:00:00Z&request=r&item=i&queue=q&reason=r&event=e";
            using var response = await http.GetAsync(new Uri(browser.Address, $"{page}?{parameter}={value}&{others}"));

            Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.NotFound,
                $"{page} {parameter}: {response.StatusCode}");
            SecurityTests.AssertProtected(response);
            Assert.DoesNotContain("<script>alert", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [BrowserTheory]
    [InlineData("HEAD", "/")]
    [InlineData("OPTIONS", "/")]
    [InlineData("PUT", "/conversations?shop=busy")]
    [InlineData("DELETE", "/conversation?shop=busy&conversation=busy-07")]
    [InlineData("GET", "/theme")]
    [InlineData("DELETE", "/dead-letters/letter?id=1")]
    [InlineData("PUT", "/unprojected/replay")]
    public async Task A_method_that_a_page_does_not_have_is_not_found(string method, string path)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(browser.Address, path));
        using var response = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        SecurityTests.AssertProtected(response);
    }

    [BrowserTheory]
    [InlineData("application/x-www-form-urlencoded", "theme=dark", 1)]
    [InlineData("application/x-www-form-urlencoded", "theme=dark", 20_000)]
    [InlineData("application/x-www-form-urlencoded", "a=1&", 5_000)]
    [InlineData("multipart/form-data; boundary=x", "garbage", 1)]
    [InlineData("multipart/form-data", "garbage", 1)]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7", "theme=dark", 1)]
    [InlineData("application/json", "{}", 1)]
    public async Task A_form_from_elsewhere_is_refused(string contentType, string text, int times)
    {
        foreach (var path in (string[])["/theme", "/dead-letters/redrive", "/unprojected/replay"])
        {
            using var http = new HttpClient();
            using var content = new StringContent(string.Concat(Enumerable.Repeat(text, times)));
            content.Headers.Remove("Content-Type");
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
            using var response = await http.PostAsync(new Uri(browser.Address, path), content);
            Assert.True(response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge,
                $"{response.StatusCode}");
            SecurityTests.AssertProtected(response);
            Assert.False(response.Headers.TryGetValues("Set-Cookie", out var cookies)
                && cookies.Any(cookie => cookie.StartsWith("belco-theme", StringComparison.Ordinal)));
        }
    }
}
