using BelcoFunctions.Testing.HttpContract;

namespace BelcoFunctions.Cli.Tests.Serve.Host;

/// <summary>Refuses requests from other websites, because a browser lets any website post to this machine.</summary>
[Collection(SharedAzurite.Name)]
public sealed class ForeignWebhookTests(AzuriteFixture azurite) : HostTests(azurite)
{
    private static readonly byte[] Event = PayloadFiles.InShop("conversation.closed", "foreign-webhooks");

    [AzuriteTheory]
    [InlineData("POST", "/api/webhooks/belco", "Origin: https://evil.example")]
    [InlineData("POST", "/api/webhooks/belco", "Origin: null")]
    [InlineData("POST", "/api/webhooks/belco", "Origin: http://localhost:1")]
    [InlineData("POST", "/api/webhooks/belco", "Sec-Fetch-Site: cross-site")]
    [InlineData("POST", "/api/webhooks/belco", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate")]
    [InlineData("POST", "/API/Webhooks/Belco", "Origin: https://evil.example")]
    [InlineData("GET", "/api/shops/foreign-webhooks/conversations", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors")]
    public async Task A_request_from_another_site_is_refused(string method, string path, string headers)
    {
        var reply = await SendAsync(method, path, headers);
        reply.ShouldBeProblem(403);
    }

    [AzuriteTheory]
    [InlineData("X-Any: header")]
    [InlineData("Sec-Fetch-Site: none")]
    [InlineData("Sec-Fetch-Site: same-origin")]
    public async Task A_request_from_a_server_or_from_this_site_is_accepted(string headers) =>
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("POST", "/api/webhooks/belco", headers)).Status);

    private Task<RawReply> SendAsync(string method, string path, string headers) => RawHttp.SendAsync(Address, new HttpCaseRequest
    {
        Method = method,
        Path = path,
        Body = method == "POST" ? Event : [],
        Framing = method == "POST" ? Framing.ContentLength : Framing.None,
        Headers = [.. headers.Split("\r\n").Select(line => line.Split(": ")).Select(parts => (parts[0], parts[1]))],
    });
}
