using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Cli.Tests.Commands.Webhooks;

public sealed class SubscribeCommandTests
{
    private const string Token = "personal-access-token";
    private const string Url = "https://app.azurewebsites.net/api/webhooks/belco?code=key";

    [Fact]
    public async Task The_subscription_is_for_the_six_events()
    {
        await using var belco = await BelcoApi.StartAsync(HttpStatusCode.OK);
        var result = await SubscribeAsync(belco.Address);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(("POST", "/v1/webhooks", "Bearer " + Token), (belco.Method, belco.Path, belco.Authorization));
        using var body = JsonDocument.Parse(belco.Body);
        Assert.Equal("shop", body.RootElement.GetProperty("shopId").GetString());
        Assert.Equal(Url, body.RootElement.GetProperty("url").GetString());
        Assert.Equal(6, body.RootElement.GetProperty("events").GetArrayLength());
        // The key is a secret.
        Assert.DoesNotContain("code=", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"_id":"wH3kTrdCv5JznJHFE","url":"any"}""", true)]
    [InlineData("""{"_id":"no","_id":"wH3kTrdCv5JznJHFE"}""", true)]
    [InlineData("""{"_id":null}""", false)]
    [InlineData("""{"_id":7}""", false)]
    [InlineData("""{"_id":"\ud800"}""", false)]
    [InlineData("[]", false)]
    [InlineData("created", false)]
    [InlineData("", false)]
    public async Task The_id_of_the_webhook_is_shown_when_the_answer_has_one(string answer, bool shown)
    {
        await using var belco = await BelcoApi.StartAsync(HttpStatusCode.OK, answer);
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
    [InlineData(HttpStatusCode.TooManyRequests, "Belco received too many requests. Try again in 7 seconds.")]
    [InlineData(HttpStatusCode.InternalServerError, "Belco answered 500.")]
    public async Task Each_refusal_is_explained(HttpStatusCode status, string sentence)
    {
        await using var belco = await BelcoApi.StartAsync(status);
        var result = await SubscribeAsync(belco.Address);
        result.AssertError(sentence);
        result.AssertError("Belco's answer: no");
        Assert.DoesNotContain(Token, result.Error + result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_where_nothing_listens_is_an_error() =>
        (await SubscribeAsync("http://127.0.0.1:1")).AssertError("http://127.0.0.1:1/ cannot be reached");

    [Fact]
    public async Task Without_a_token_the_error_names_the_variable()
    {
        var result = await BelcoProgram.RunAsync(["subscribe", "--shop", "shop", "--url", Url], null, ("BELCO_API_TOKEN", ""));
        result.AssertError("BELCO_API_TOKEN is not set");
    }

    private static Task<ProgramResult> SubscribeAsync(string api) =>
        BelcoProgram.RunAsync(["subscribe", "--shop", "shop", "--url", Url, "--api", api], null, ("BELCO_API_TOKEN", Token));

    /// <summary>Stands in for Belco's API, which tests cannot reach.</summary>
    private sealed class BelcoApi(WebApplication app) : IAsyncDisposable
    {
        public string Address => app.Urls.First();
        public string? Method { get; private set; }
        public string? Path { get; private set; }
        public string? Authorization { get; private set; }
        public string Body { get; private set; } = "";

        public static async Task<BelcoApi> StartAsync(HttpStatusCode status, string answer = "no\u001b[31m")
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var api = new BelcoApi(builder.Build());
            await api.ListenAsync(status, answer);
            return api;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private Task ListenAsync(HttpStatusCode status, string answer)
        {
            app.Run(async http =>
            {
                (Method, Path, Authorization) = (http.Request.Method, http.Request.Path, http.Request.Headers.Authorization);
                using var reader = new StreamReader(http.Request.Body);
                Body = await reader.ReadToEndAsync();
                http.Response.StatusCode = (int)status;
                http.Response.Headers.RetryAfter = "7";
                await http.Response.WriteAsync(answer);
            });
            return app.StartAsync();
        }
    }
}
