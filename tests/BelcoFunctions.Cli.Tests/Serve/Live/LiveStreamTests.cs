using BelcoFunctions.Cli.Serve.Live;
using BelcoFunctions.Cli.Tests.Serve.Host;

namespace BelcoFunctions.Cli.Tests.Serve.Live;

[Collection(SharedAzurite.Name)]
public sealed class LiveStreamTests(AzuriteFixture azurite) : HostTests(azurite)
{
    private const string Secret = "a-secret-of-some-length";
    private const string Signature = "5ec0ffee5ec0ffee";

    protected override WebhookSettings Settings => new() { SignatureHeader = "X-Signature", Secrets = [Secret] };

    [AzuriteFact]
    public async Task A_refused_webhook_has_a_reason_and_neither_its_body_nor_its_signature()
    {
        await RefuseAsync("""{"requestId":"very-private"}""");
        await using var stream = await EventStream.OpenAsync(Http);
        var message = await stream.ReadWebhooksAsync();

        var row = Assert.Single(message["rows"]!.AsArray())!;
        Assert.Equal("Refused, 401", (string?)row["answer"]!["text"]);
        Assert.Equal("The signature is missing or wrong.", (string?)row["reason"]);
        var page = await Http.GetStringAsync(new Uri("live", UriKind.Relative));
        Assert.Contains("The signature is missing or wrong.", page, StringComparison.Ordinal);
        Assert.All((string[])["very-private", Signature], secret =>
        {
            Assert.DoesNotContain(secret, message.ToJsonString(), StringComparison.Ordinal);
            Assert.DoesNotContain(secret, page, StringComparison.Ordinal);
        });
    }

    [AzuriteFact]
    public async Task A_reader_that_reconnects_continues_where_it_stopped()
    {
        string last;
        await RefuseAsync("one");
        await using (var stream = await EventStream.OpenAsync(Http))
        {
            Assert.Single((await stream.ReadWebhooksAsync())["rows"]!.AsArray());
            last = stream.LastEventId;
        }

        await RefuseAsync("two");
        await using var again = await EventStream.OpenAsync(Http, last);
        var message = await again.ReadWebhooksAsync();
        Assert.EndsWith(".2", (string?)Assert.Single(message["rows"]!.AsArray())!["key"], StringComparison.Ordinal);
        Assert.Equal((0, false), ((int)message["dropped"]!, (bool)message["restarted"]!));

        // The next message comes without any other event.
        await RefuseAsync("three");
        message = await again.ReadWebhooksAsync();
        Assert.EndsWith(".3", (string?)Assert.Single(message["rows"]!.AsArray())!["key"], StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task A_reader_that_was_away_for_too_long_is_told_how_many_it_missed()
    {
        await RefuseAsync("first");
        string last;
        await using (var stream = await EventStream.OpenAsync(Http))
        {
            await stream.ReadWebhooksAsync();
            last = stream.LastEventId;
        }

        await Parallel.ForAsync(0, WebhookLog.Capacity + 37, async (number, _) => await RefuseAsync($"{number}"));
        await using var again = await EventStream.OpenAsync(Http, last);
        var message = await again.ReadWebhooksAsync();
        Assert.Equal((37, WebhookLog.Capacity), ((int)message["dropped"]!, message["rows"]!.AsArray().Count));
    }

    [AzuriteFact]
    public async Task The_number_of_streams_is_limited_and_a_closed_one_makes_room()
    {
        List<EventStream> streams = [];
        for (var number = 0; number < LiveActivity.MaxListeners; number++) streams.Add(await EventStream.OpenAsync(Http));

        using var refused = await Http.GetAsync(new Uri("live/stream", UriKind.Relative));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Contains("Too many pages are live", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await streams[0].DisposeAsync();
        await WaitForRoomAsync();
        foreach (var stream in streams.Skip(1)) await stream.DisposeAsync();
    }

    [AzuriteFact]
    public async Task A_host_that_stops_ends_its_streams()
    {
        using var data = new TemporaryFolder();
        using var http = new HttpClient();
        EventStream stream;
        await using (var host = await ServeHost.StartAsync(
            new ServeHostOptions(Port: 0, data.Path, Storage, new()), _ => { }, CancellationToken.None))
        {
            http.BaseAddress = host.Address;
            stream = await EventStream.OpenAsync(http);
        }

        // If the host gave up waiting, it would break off the stream and this would throw.
        await stream.ReadToEndAsync();
        await stream.DisposeAsync();
    }

    // HttpClient closes the connection a moment after the stream is disposed, and only then the host notices it.
    private Task WaitForRoomAsync() => TestTimeout.UntilAsync(async _ =>
    {
        try
        {
            await using var stream = await EventStream.OpenAsync(Http);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    });

    private async Task RefuseAsync(string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(ServeRoutes.Webhook, UriKind.Relative))
        {
            Content = new StringContent(body),
        };
        request.Headers.Add("X-Signature", Signature);
        using var response = await Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }
}
