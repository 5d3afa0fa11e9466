using System.Net;
using System.Text;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Pipeline.Tables;
using BelcoFunctions.Tests;
using Xunit;

namespace BelcoFunctions.Local.Tests.Hosting;

/// <summary>Requests that break off, or that are not HTTP, are their sender's errors: answered as such, and not logged as ours.</summary>
[Collection(Azurite.Name)]
public sealed class BrokenRequestTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private WatchedHost host = null!;

    public async Task InitializeAsync()
    {
        if (Azurite.ReasonToSkip is null) host = await WatchedHost.StartAsync(azurite, new WebhookSettings());
    }

    public async Task DisposeAsync()
    {
        if (host is not null) await host.DisposeAsync();
    }

    [AzuriteTheory]
    [InlineData("Content-Length: 2\r\nContent-Length: 3\r\n", "{}")]
    [InlineData("Content-Length: -1\r\n", "{}")]
    public async Task A_request_that_is_no_HTTP_is_no_error_of_ours(string headers, string body) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await RawHttp.PostAsync(host.Address, headers, Encoding.ASCII.GetBytes(body))).Status);

    [AzuriteFact]
    public async Task A_chunk_that_is_none_is_not_even_looked_at() =>
        (await RawHttp.PostAsync(host.Address, "Transfer-Encoding: chunked\r\n", "nonsense\r\n"u8.ToArray())).ShouldBeProblem(411);

    [AzuriteTheory]
    [InlineData("Content-Length: 100000\r\n", "{\"requestId\":", 400)]
    [InlineData("Content-Length: 100000\r\n", "", 400)]
    [InlineData("Content-Length: 2\r\n", "{}", 400)]
    [InlineData("Transfer-Encoding: chunked\r\n", "5\r\n{\"req", 411)]
    public async Task A_sender_that_hangs_up_is_no_error_of_ours(string headers, string body, int status)
    {
        var reply = await RawHttp.BreakOffAsync(host.Address, headers, Encoding.ASCII.GetBytes(body));
        reply?.ShouldBeProblem(status);
    }
}
