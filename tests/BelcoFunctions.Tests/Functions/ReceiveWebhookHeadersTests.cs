namespace BelcoFunctions.Tests.Functions;

/// <summary>Values of Content-Length that a real server would refuse.</summary>
public sealed class ReceiveWebhookHeadersTests
{
    private static readonly byte[] Body = PayloadFiles.Read("conversation.closed");

    [Theory]
    [InlineData]
    [InlineData("garbage")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    [InlineData("1", "1")]
    public async Task A_malformed_length_is_answered_like_a_missing_one(params string[] contentLength) =>
        await AnswersAsync(HttpStatusCode.LengthRequired, Request(contentLength), new WebhookSettings());

    [Fact]
    public async Task With_a_wrong_length_the_body_is_read_to_its_end() =>
        await AnswersAsync(HttpStatusCode.OK, Request("1"), new WebhookSettings { MaxBodyBytes = Body.Length });

    [Fact]
    public async Task A_body_over_the_limit_is_refused_even_when_its_length_is_understated() =>
        await AnswersAsync(
            HttpStatusCode.RequestEntityTooLarge, Request("1"), new WebhookSettings { MaxBodyBytes = Body.Length - 1 });

    [Fact]
    public async Task A_body_whose_length_is_over_the_limit_is_not_read()
    {
        var request = Request($"{WebhookSettings.DefaultMaxBodyBytes + 1}");
        await AnswersAsync(HttpStatusCode.RequestEntityTooLarge, request, new WebhookSettings());
        Assert.Equal(0, request.Body.Position);
    }

    private static RequestDouble Request(params string[] contentLength) =>
        new RequestDouble(Body).Without("Content-Length").With("Content-Length", contentLength);

    private static async Task AnswersAsync(HttpStatusCode status, RequestDouble request, WebhookSettings settings)
    {
        await using var app = new TestApp(settings);
        Assert.Equal(status, (await app.PostAsync(request)).StatusCode);
        Assert.Equal(status is HttpStatusCode.OK ? 1 : 0, app.Sent.Count);
    }
}
