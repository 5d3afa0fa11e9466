using System.Text.Json;
using BelcoFunctions.Cli.Tests.Belco;

namespace BelcoFunctions.Cli.Tests.Commands.Webhooks;

public sealed class SubscribeCommandTests
{
    private const string Token = "personal-access-token";
    private const string Url = "https://app.azurewebsites.net/api/webhooks/belco?code=key";
    private const string NoWebhooks = """{"webhooks":[]}""";
    private const string Created = """{"_id":"wH3kTrdCv5JznJHFE"}""";

    [Fact]
    public async Task The_subscription_is_for_the_six_events()
    {
        await using var belco = await ScriptedBelco.StartAsync(Answers.Json(NoWebhooks), Answers.Json(Created));
        var result = await SubscribeAsync(belco.Address);

        Assert.True(result.ExitCode == 0, result.Error);
        var (list, post) = (belco.Requests[0], belco.Requests[1]);
        Assert.Equal(("GET", "/v1/webhooks", "Bearer " + Token), (list.Method, list.Path, list.Authorization));
        Assert.Equal(("POST", "/v1/webhooks", "Bearer " + Token), (post.Method, post.Path, post.Authorization));
        using var body = JsonDocument.Parse(post.Body);
        Assert.Equal(["shopId", "url", "events"], body.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal("shop", body.RootElement.GetProperty("shopId").GetString());
        Assert.Equal(Url, body.RootElement.GetProperty("url").GetString());
        Assert.Equal(6, body.RootElement.GetProperty("events").GetArrayLength());
        // The key is a secret.
        Assert.DoesNotContain("code=", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"_id":"wH3kTrdCv5JznJHFE","url":"any"}""", true)]
    [InlineData("""{"id":"wH3kTrdCv5JznJHFE"}""", true)]
    [InlineData("""{"_id":"no","_id":"wH3kTrdCv5JznJHFE"}""", true)]
    [InlineData("""{"_id":null}""", false)]
    [InlineData("""{"_id":7}""", false)]
    [InlineData("""{"_id":"\ud800"}""", false)]
    [InlineData("[]", false)]
    [InlineData("created", false)]
    [InlineData("", false)]
    public async Task The_id_of_the_webhook_is_shown_when_the_answer_has_one(string answer, bool shown)
    {
        await using var belco = await ScriptedBelco.StartAsync(Answers.Json(NoWebhooks), Answers.Json(answer));
        var result = await SubscribeAsync(belco.Address);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(shown, result.Output.Contains("wH3kTrdCv5JznJHFE", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "Belco does not accept the token in BELCO_API_TOKEN")]
    [InlineData(HttpStatusCode.Forbidden, "Belco does not let the user of the token in BELCO_API_TOKEN do that for this shop")]
    [InlineData(HttpStatusCode.NotFound, "Belco does not know this shop")]
    [InlineData(HttpStatusCode.BadRequest, "Belco rejected the subscription. Check --shop, --url and --events.")]
    [InlineData(HttpStatusCode.UnprocessableEntity, "Belco rejected the subscription.")]
    [InlineData(HttpStatusCode.TooManyRequests, "Belco received too many requests. Try again later.")]
    [InlineData(HttpStatusCode.InternalServerError, "Belco answered 500.")]
    public async Task Each_refusal_is_explained(HttpStatusCode status, string sentence)
    {
        var refusal = $"no\u001b[31m, {Token}, {Url}";
        await using var belco = await ScriptedBelco.StartAsync(
            Answers.Json(NoWebhooks), Answers.Bytes(Encoding.UTF8.GetBytes(refusal), status: (int)status));
        var result = await SubscribeAsync(belco.Address);
        result.AssertError(sentence);
        result.AssertError("Belco's answer: no\uFFFD[31m, …, https://app.azurewebsites.net/api/webhooks/belco\n");
        Assert.DoesNotContain("code=", result.Error + result.Output, StringComparison.Ordinal);
        Assert.Equal(
            status is HttpStatusCode.TooManyRequests,
            result.Error.Contains("Belco asks to slow down; waiting 4", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"_id":"one","shopId":"shop","url":"https://app.azurewebsites.net/api/webhooks/belco?code=old"}""", true)]
    [InlineData("""{"id":"one","shopId":"shop","url":"HTTPS://APP.azurewebsites.net:443/api/webhooks/belco"}""", true)]
    [InlineData("""{"_id":"one","shopId":"other","url":"https://app.azurewebsites.net/api/webhooks/belco"}""", false)]
    [InlineData("""{"_id":"one","shopId":"shop","url":"http://app.azurewebsites.net/api/webhooks/belco"}""", false)]
    [InlineData("""{"_id":"one","shopId":"shop","url":"https://app.azurewebsites.net:8443/api/webhooks/belco"}""", false)]
    [InlineData("""{"_id":"one","shopId":"shop","url":"https://app.azurewebsites.net/api/other"}""", false)]
    [InlineData("""{"_id":"one","shopId":"shop","url":"not a URL"}""", false)]
    [InlineData("""{"_id":"one","shopId":7,"url":null}""", false)]
    public async Task A_second_webhook_of_a_shop_to_the_same_receiver_is_refused(string webhook, bool refused)
    {
        await using var belco = await ScriptedBelco.StartAsync(
            Answers.Json($"[{webhook}]"), Answers.Json(Created));
        var result = await SubscribeAsync(belco.Address);

        Assert.Equal(refused ? 1 : 2, belco.Requests.Count);
        if (!refused)
        {
            Assert.True(result.ExitCode == 0, result.Error);
            return;
        }

        result.AssertError("already has a webhook to https://app.azurewebsites.net/api/webhooks/belco: one.");
        result.AssertError("belco webhooks activate one");
        result.AssertError("belco webhooks delete one");
        Assert.DoesNotContain("code=", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Force_subscribes_without_a_look_at_the_webhooks()
    {
        await using var belco = await ScriptedBelco.StartAsync(Answers.Json(Created));
        var result = await SubscribeAsync(belco.Address, "--force");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal("POST", Assert.Single(belco.Requests).Method);
    }

    [Theory]
    [InlineData(403, "{}")]
    [InlineData(404, "{}")]
    [InlineData(200, "<html>")]
    [InlineData(200, """{"items":[]}""")]
    [InlineData(200, """[{"name":"no id"}]""")]
    public async Task Webhooks_that_cannot_be_listed_are_told_and_do_not_prevent_the_subscription(int status, string list)
    {
        await using var belco = await ScriptedBelco.StartAsync(
            Answers.Bytes(Encoding.UTF8.GetBytes(list), status: status), Answers.Json(Created));
        var result = await SubscribeAsync(belco.Address);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.StartsWith(
            "Note: belco cannot check whether the shop already has a webhook to this URL. ", result.Error,
            StringComparison.Ordinal);
        Assert.Contains("wH3kTrdCv5JznJHFE", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_where_nothing_listens_is_an_error()
    {
        var result = await SubscribeAsync("http://127.0.0.1:1");
        result.AssertError("http://127.0.0.1:1/ cannot be reached");
        result.AssertError("Belco cannot be reached; waiting 1\u00A0s.");
    }

    [Theory]
    [InlineData("", "BELCO_API_TOKEN is not set")]
    [InlineData("secret token", "BELCO_API_TOKEN has white space or other characters that a token cannot have.")]
    [InlineData("secret\n", "BELCO_API_TOKEN has white space")]
    public async Task A_token_that_cannot_be_one_is_an_error_that_names_the_variable(string token, string sentence)
    {
        var result = await BelcoProgram.RunAsync(["subscribe", "--shop", "shop", "--url", Url], null, ("BELCO_API_TOKEN", token));
        result.AssertError(sentence);
        Assert.DoesNotContain("secret", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://belco.example", "--api must begin with https://")]
    [InlineData("ftp://belco.example", "--api must be a complete URL")]
    [InlineData("https://me@belco.example", "--api must be an address without a user name, a query or a fragment.")]
    [InlineData("https://belco.example?x=y", "--api must be an address without")]
    public async Task An_address_that_would_show_the_token_or_cannot_be_one_is_an_error(string api, string sentence) =>
        (await SubscribeAsync(api)).AssertError(sentence);

    private static Task<ProgramResult> SubscribeAsync(string api, params string[] options) => BelcoProgram.RunAsync(
        ["subscribe", "--shop", "shop", "--url", Url, "--api", api, .. options], null, ("BELCO_API_TOKEN", Token));
}
