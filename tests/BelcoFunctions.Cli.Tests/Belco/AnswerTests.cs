using System.Globalization;
using BelcoFunctions.Pipeline.Importing;

namespace BelcoFunctions.Cli.Tests.Belco;

public sealed class AnswerTests : BelcoApiTests
{
    [Theory]
    [InlineData("", "/v1")]
    [InlineData("/", "/v1")]
    [InlineData("/v1", "/v1")]
    [InlineData("/v1/", "/v1")]
    [InlineData("/proxy/belco", "/proxy/belco/v1")]
    public async Task A_request_goes_below_v1_of_the_address_and_has_the_token(string folder, string root)
    {
        await using var belco = await ScriptedBelco.StartAsync(Answers.Json("""{"conversations":[]}"""));
        using var api = Open(belco.Address + folder);
        var answer = await GetAsync(api);

        Assert.Equal("""{"conversations":[]}""", Encoding.UTF8.GetString(answer!.Json.Span));
        Assert.Equal(
            ("GET", root + "/conversations?skip=7", "Bearer " + Token),
            Assert.Single(belco.Requests) switch { var request => (request.Method, request.Path, request.Authorization) });
    }

    [Theory]
    [InlineData("Sun, 01 Mar 2026 12:00:01 GMT", "2026-03-01T12:00:00.123Z")]
    [InlineData("Sun, 01 Mar 2026 12:00:00 GMT", "2026-03-01T12:00:00.000Z")]
    [InlineData("Sun, 01 Mar 2026 11:00:00 GMT", "2026-03-01T11:00:00.000Z")]
    [InlineData("yesterday", "2026-03-01T12:00:00.123Z")]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT", "1601-01-01T00:00:00.000Z")]
    public async Task An_answer_was_read_before_the_request_or_at_its_own_date_if_that_is_earlier(string date, string readAt)
    {
        await using var belco = await ScriptedBelco.StartAsync(Answers.Json("{}", date));
        using var api = Open(belco);
        Assert.Equal(DateTimeOffset.Parse(readAt, CultureInfo.InvariantCulture), (await GetAsync(api))!.ReadAt);
    }

    [Theory]
    [InlineData("Sun, 01 Mar 2026 11:00:00 GMT", "2026-03-01T12:00:00.123Z")]
    [InlineData("Sun, 01 Mar 2026 13:00:00 GMT", "2026-03-01T13:00:00.000Z")]
    [InlineData("yesterday", "2026-03-01T12:00:00.123Z")]
    public async Task An_answer_had_arrived_by_now_or_by_its_own_date_if_that_is_later(string date, string answeredAt)
    {
        await using var belco = await ScriptedBelco.StartAsync(Answers.Json("{}", date));
        using var api = Open(belco);
        Assert.Equal(DateTimeOffset.Parse(answeredAt, CultureInfo.InvariantCulture), (await GetAsync(api))!.AnsweredAt);
    }

    [Fact]
    public async Task An_answer_to_a_second_try_was_read_before_that_try()
    {
        const string later = "Sun, 01 Mar 2026 13:00:00 GMT";
        await using var belco = await ScriptedBelco.StartAsync(
            Answers.Status(429, "Retry-After", "30"), Answers.Json("{}", later));
        using var api = Open(belco);
        Assert.Equal(
            DateTimeOffset.Parse("2026-03-01T12:00:30.123Z", CultureInfo.InvariantCulture), (await GetAsync(api))!.ReadAt);
    }

    [Fact]
    public async Task What_Belco_does_not_know_is_null()
    {
        await using var belco = await ScriptedBelco.StartAsync(Answers.Status(404));
        using var api = Open(belco);
        Assert.Null(await GetAsync(api));
    }

    [Theory]
    [InlineData("\uFEFF{}", "{}")]
    [InlineData("""{"a":1,"a":2}""", """{"a":1,"a":2}""")]
    [InlineData(""" ["\ud800"] """, """ ["\ud800"] """)]
    public async Task Unusual_JSON_is_an_answer(string body, string json)
    {
        await using var belco = await ScriptedBelco.StartAsync(Answers.Json(body));
        using var api = Open(belco);
        Assert.Equal(json, Encoding.UTF8.GetString((await GetAsync(api))!.Json.Span));
    }

    [Theory]
    [InlineData("", "it is empty.")]
    [InlineData("\uFEFF", "it is empty.")]
    [InlineData("<html>secret</html>", "it has an error in line 1, byte 1.")]
    [InlineData("{\n\"secret\":tru}", "it has an error in line 2, byte 13.")]
    [InlineData("""{"secret":1}{}""", "it has an error in line 1, byte 13.")]
    [InlineData("""{"secret":[""", "it has an error in line 1, byte 12.")]
    public async Task Anything_else_is_not_usable_and_is_not_quoted(string body, string why)
    {
        await using var belco = await ScriptedBelco.StartAsync(
            Answers.Bytes(Encoding.UTF8.GetBytes(body), "text/html; charset=utf-8"));
        var error = await FailAsync(belco);
        Assert.Equal(BelcoApiError.Unusable, error.Error);
        Assert.StartsWith(
            $"Belco answered GET /v1/conversations with 200 (text/html), but the answer is not JSON: {why}", error.Message,
            StringComparison.Ordinal);
        Assert.Single(belco.Requests);
    }

    [Fact]
    public async Task An_answer_that_is_not_UTF_8_is_not_usable()
    {
        await using var belco = await ScriptedBelco.StartAsync(Answers.Bytes([(byte)'"', 0xC3, (byte)'"']));
        Assert.Contains("it is not UTF-8.", (await FailAsync(belco)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JSON_may_be_nested_64_levels_deep()
    {
        await using var belco = await ScriptedBelco.StartAsync(Answers.Json(Nested(64)), Answers.Json(Nested(65)));
        using var api = Open(belco);
        Assert.NotNull(await GetAsync(api));
        var error = await Assert.ThrowsAsync<BelcoApiException>(() => GetAsync(api));
        Assert.Equal(BelcoApiError.Unusable, error.Error);
        Assert.Contains("more than 64 levels, in line 1, byte 65.", error.Message, StringComparison.Ordinal);

        static string Nested(int depth) => new string('[', depth) + new string(']', depth);
    }

    [Fact]
    public async Task A_refused_token_is_told_at_once()
    {
        await using var belco = await ScriptedBelco.StartAsync(Answers.Status(401));
        var error = await FailAsync(belco);
        Assert.Equal(BelcoApiError.Refused, error.Error);
        Assert.Equal(
            "Belco answered GET /v1/conversations with 401 (text/html). The token in BELCO_API_TOKEN is wrong or has expired. "
            + "Make a new token on your profile page in Belco.", error.Message);
        Assert.Single(belco.Requests);
    }

    [Fact]
    public async Task What_the_user_may_not_read_says_nothing_against_the_token()
    {
        await using var belco = await ScriptedBelco.StartAsync(Answers.Status(403));
        var error = await FailAsync(belco);
        Assert.Equal(BelcoApiError.Unusable, error.Error);
        Assert.Equal(
            "Belco answered GET /v1/conversations with 403 (text/html). The user of the token in BELCO_API_TOKEN lacks the "
            + "rights for this. Check the user's rights, or use the token of another user.", error.Message);
        Assert.Single(belco.Requests);
    }

    [Theory]
    [InlineData(204)]
    [InlineData(400)]
    [InlineData(418)]
    public async Task Another_status_is_not_usable(int status)
    {
        await using var belco = await ScriptedBelco.StartAsync(http =>
        {
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        var error = await FailAsync(belco);
        Assert.Equal(BelcoApiError.Unusable, error.Error);
        Assert.Contains($"with {status} (no content type)", error.Message, StringComparison.Ordinal);
        Assert.Single(belco.Requests);
    }

    [Fact]
    public async Task The_token_does_not_follow_a_redirect()
    {
        await using var elsewhere = await ScriptedBelco.StartAsync(Ok);
        await using var belco = await ScriptedBelco.StartAsync(Answers.Status(307, "Location", elsewhere.Address));
        var error = await FailAsync(belco);
        Assert.Equal(BelcoApiError.Unusable, error.Error);
        Assert.Contains("the answer names another address", error.Message, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_over_the_limit_is_not_usable(bool hasLength)
    {
        var body = JsonOf(bytes: 5 * 1024 * 1024 + 1);
        await using var belco = await ScriptedBelco.StartAsync(http =>
        {
            if (hasLength) http.Response.ContentLength = body.Length;
            return Answers.Bytes(body)(http);
        });
        var error = await FailAsync(belco);
        Assert.Equal(BelcoApiError.Unusable, error.Error);
        Assert.Contains("the answer is larger than 5 MiB", error.Message, StringComparison.Ordinal);
        Assert.Single(belco.Requests);
    }

    [Fact]
    public async Task An_answer_may_be_as_large_as_the_limit()
    {
        var body = JsonOf(bytes: 5 * 1024 * 1024);
        await using var belco = await ScriptedBelco.StartAsync(Answers.Bytes(body));
        using var api = Open(belco);
        Assert.True((await GetAsync(api))!.Json.Span.SequenceEqual(body));
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a/b?c#d%2Fe\\f")]
    [InlineData("é 𝄞 \u202e \u0007")]
    [InlineData("...")]
    [InlineData("~!*'()[]+&=;:@,$|{}^`<>\"")]
    public async Task Any_escaped_id_arrives_as_it_is(string id)
    {
        await using var belco = await ScriptedBelco.StartAsync(Ok);
        using var api = Open(belco);
        Assert.NotNull(await api.GetAsync($"conversations/{Uri.EscapeDataString(id)}/items", CancellationToken.None));
        var parts = Assert.Single(belco.Requests).Path.Split('/');
        Assert.Equal(["", "v1", "conversations", id, "items"], parts.Select(Uri.UnescapeDataString));
    }

    [Theory]
    [InlineData("conversations/../items")]
    [InlineData("conversations/%2E%2E/items")]
    [InlineData("conversations/./items")]
    [InlineData("conversations/..")]
    public async Task An_id_of_dots_cannot_name_another_path(string path)
    {
        await using var belco = await ScriptedBelco.StartAsync(Ok);
        using var api = Open(belco);
        var error = await Assert.ThrowsAsync<BelcoApiException>(() => api.GetAsync(path, CancellationToken.None));
        Assert.Equal(BelcoApiError.Unusable, error.Error);
        Assert.Empty(belco.Requests);
    }

    [Fact]
    public async Task A_path_cannot_name_another_host()
    {
        await using var elsewhere = await ScriptedBelco.StartAsync(Ok);
        await using var belco = await ScriptedBelco.StartAsync(Answers.Status(404));
        using var api = Open(belco);
        Assert.Null(await api.GetAsync(elsewhere.Address["http:".Length..], CancellationToken.None));
        Assert.Null(await api.GetAsync(elsewhere.Address, CancellationToken.None));
        Assert.Empty(elsewhere.Requests);
    }

    private static byte[] JsonOf(int bytes)
    {
        var json = new byte[bytes];
        Array.Fill(json, (byte)'a');
        (json[0], json[^1]) = ((byte)'"', (byte)'"');
        return json;
    }
}
