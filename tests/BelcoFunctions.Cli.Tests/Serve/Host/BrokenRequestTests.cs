namespace BelcoFunctions.Cli.Tests.Serve.Host;

/// <summary>Incomplete requests, and requests that are not HTTP. The sender gets an error, and the host logs none.</summary>
[Collection(SharedAzurite.Name)]
public sealed class BrokenRequestTests(AzuriteFixture azurite) : HostTests(azurite)
{
    [AzuriteTheory]
    [InlineData("Content-Length: 2\r\nContent-Length: 3\r\n", "{}")]
    [InlineData("Content-Length: -1\r\n", "{}")]
    public async Task Invalid_HTTP_is_answered_400(string headers, string body)
    {
        var reply = await RawHttp.PostAsync(Address, headers, Encoding.ASCII.GetBytes(body));
        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
    }

    [AzuriteFact]
    public async Task An_invalid_chunk_is_answered_411_like_any_chunk() =>
        (await RawHttp.PostAsync(Address, "Transfer-Encoding: chunked\r\n", "nonsense\r\n"u8.ToArray())).ShouldBeProblem(411);

    [AzuriteTheory]
    [InlineData("Content-Length: 100000\r\n", "{\"requestId\":", 400)]
    [InlineData("Content-Length: 100000\r\n", "", 400)]
    [InlineData("Content-Length: 2\r\n", "{}", 400)]
    [InlineData("Transfer-Encoding: chunked\r\n", "5\r\n{\"req", 411)]
    public async Task A_sender_that_hangs_up_causes_no_error_in_the_log(string headers, string body, int status)
    {
        var reply = await RawHttp.BreakOffAsync(Address, headers, Encoding.ASCII.GetBytes(body));
        reply?.ShouldBeProblem(status);
    }
}
