using BelcoFunctions.Cli.Belco;
using BelcoFunctions.Pipeline.Importing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace BelcoFunctions.Cli.Tests.Belco;

public sealed class RetryTests : BelcoApiTests
{
    public static TheoryData<string> Faults => [.. FaultsByName.Keys];

    private static readonly Dictionary<string, RequestDelegate> FaultsByName = new()
    {
        ["429"] = Answers.Status(429),
        ["500"] = Answers.Status(500),
        ["503"] = Answers.Status(503),
        ["no answer"] = Answers.Nothing,
        ["half an answer"] = Answers.Half,
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_request_that_fails_twice_is_sent_again(string fault)
    {
        await using var belco = await ScriptedBelco.StartAsync(FaultsByName[fault], FaultsByName[fault], Ok);
        using var api = Open(belco);
        Assert.NotNull(await GetAsync(api));
        Assert.Equal(3, belco.Requests.Count);
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)], Time.Waits);
        Assert.Equal(2, Pauses.Count);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_request_that_fails_always_is_an_error_after_all_retries(string fault)
    {
        await using var belco = await ScriptedBelco.StartAsync(FaultsByName[fault]);
        var error = await FailAsync(belco);
        Assert.Equal(BelcoApiError.Unavailable, error.Error);
        Assert.Contains("GET /v1/conversations", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, belco.Requests.Count);
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("Sun, 01 Mar 2026 12:00:45 GMT", 45)]
    // Less than we wait ourselves, or not a time at all.
    [InlineData("0", 1)]
    [InlineData("Sun, 01 Mar 2026 11:00:00 GMT", 1)]
    [InlineData("soon", 1)]
    // Bounded.
    [InlineData("86400", 900)]
    public async Task The_next_try_waits_as_long_as_Belco_asks(string retryAfter, int seconds)
    {
        await using var belco = await ScriptedBelco.StartAsync(
            http =>
            {
                http.Response.Headers.Date = "Sun, 01 Mar 2026 12:00:00 GMT";
                return Answers.Status(429, "Retry-After", retryAfter)(http);
            }, Ok);
        using var api = Open(belco);
        Assert.NotNull(await GetAsync(api));
        Assert.Equal([TimeSpan.FromSeconds(seconds)], Time.Waits);
        Assert.Equal(new BelcoPause("Belco asks to slow down", TimeSpan.FromSeconds(seconds)), Assert.Single(Pauses));
    }

    [Fact]
    public void A_pause_is_a_sentence_in_whole_seconds() => Assert.Equal(
        "Belco answers 503; waiting 30\u00A0s.", new BelcoPause("Belco answers 503", TimeSpan.FromSeconds(29.2)).ToString());

    [Theory]
    [InlineData("POST", "429", 2)]
    [InlineData("POST", "500", 1)]
    [InlineData("POST", "half an answer", 1)]
    [InlineData("PUT", "500", 2)]
    [InlineData("DELETE", "half an answer", 2)]
    public async Task A_POST_is_sent_again_only_if_Belco_did_nothing(string method, string fault, int requests)
    {
        await using var belco = await ScriptedBelco.StartAsync(FaultsByName[fault], Ok);
        using var api = Open(belco);
        try
        {
            await api.SendAsync(new HttpMethod(method), "webhooks", """{"shopId":"shop"}""", CancellationToken.None);
        }
        catch (BelcoApiException error) when (requests == 1)
        {
            Assert.Equal(BelcoApiError.Unavailable, error.Error);
        }

        Assert.Equal(requests, belco.Requests.Count);
        Assert.All(belco.Requests, request => Assert.Equal("""{"shopId":"shop"}""", request.Body));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task An_address_where_nothing_listens_is_tried_again(string method)
    {
        using var api = Open("http://127.0.0.1:1");
        var error = await Assert.ThrowsAsync<BelcoApiException>(
            () => api.SendAsync(new HttpMethod(method), "webhooks", null, CancellationToken.None));
        Assert.Equal(BelcoApiError.Unavailable, error.Error);
        Assert.StartsWith("http://127.0.0.1:1/ cannot be reached: ", error.Message, StringComparison.Ordinal);
        Assert.Equal([1, 2, 4], Time.Waits.Select(wait => wait.TotalSeconds));
        Assert.All(Pauses, pause => Assert.Equal("Belco cannot be reached", pause.Reason));
    }

    [Fact]
    public async Task Once_Belco_asks_to_slow_down_requests_that_start_together_are_spread()
    {
        await using var belco = await ScriptedBelco.StartAsync(Answers.Status(503, "Retry-After", "20"), Ok);
        using var api = Open(belco);
        await GetAsync(api);
        Pauses.Clear();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => GetAsync(api)));

        // Spreading is not a pause to tell of.
        Assert.Empty(Pauses);
        Assert.All(Time.Waits.Skip(1), wait => Assert.InRange(wait.TotalMilliseconds, 1, 100));
        Assert.True(Time.Waits.Count >= 8, $"{Time.Waits.Count} waits");
    }

    [Fact]
    public async Task A_try_that_takes_too_long_is_given_up()
    {
        await using var belco = await ScriptedBelco.StartAsync(Answers.Silence);
        using var api = Open(belco);
        var answer = GetAsync(api);
        for (var tries = 1; tries <= 4; tries++)
        {
            await TestTimeout.UntilAsync(() => belco.Requests.Count == tries);
            Time.Advance(SkippingTime.Limit);
        }

        var error = await Assert.ThrowsAsync<BelcoApiException>(() => answer);
        Assert.Equal(BelcoApiError.Unavailable, error.Error);
        Assert.All(Pauses, pause => Assert.Equal("Belco does not answer", pause.Reason));
        Assert.Contains("did not answer GET /v1/conversations within 1\u00A0h", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_ends_the_waiting_for_a_pause()
    {
        // Its clock stands still, so only the cancellation can end the wait.
        await using var belco = await ScriptedBelco.StartAsync(Answers.Status(429));
        using var stop = new CancellationTokenSource();
        var settings = new BelcoApiSettings(new Uri(belco.Address), Token) { OnPause = _ => stop.Cancel() };
        using var api = new BelcoApi(settings, new FakeTimeProvider());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => api.GetAsync("shops", stop.Token));
        Assert.Single(belco.Requests);
    }

    [Fact]
    public async Task Cancellation_ends_a_request()
    {
        await using var belco = await ScriptedBelco.StartAsync(Answers.Silence);
        using var stop = new CancellationTokenSource();
        using var api = Open(belco);
        var answer = api.GetAsync("shops", stop.Token);
        await TestTimeout.UntilAsync(() => belco.Requests.Count == 1);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }
}
