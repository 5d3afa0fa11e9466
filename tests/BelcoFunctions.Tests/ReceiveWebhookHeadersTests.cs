using System.Net;
using System.Security.Cryptography;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Tests.Doubles;

namespace BelcoFunctions.Tests;

/// <summary>What the headers of a webhook decide.</summary>
public sealed class ReceiveWebhookHeadersTests
{
    private static readonly byte[] Body = PayloadFiles.Read("conversation.closed");
    private static readonly WebhookSettings Signed = new() { Secrets = ["0123456789abcdef"], SignatureHeader = "X-Signature" };
    private static readonly string Signature = Convert.ToHexString(HMACSHA256.HashData("0123456789abcdef"u8, Body));

    [Fact]
    public async Task A_signed_webhook_is_taken() =>
        await AnswersAsync(HttpStatusCode.OK, new RequestDouble(Body).With("x-signature", Signature), Signed);

    [Fact]
    public async Task A_webhook_without_its_signature_is_refused() =>
        await AnswersAsync(HttpStatusCode.Unauthorized, new RequestDouble(Body).With("X-Other", Signature), Signed);

    [Fact]
    public async Task A_signature_of_other_bytes_is_refused() =>
        await AnswersAsync(HttpStatusCode.Unauthorized, new RequestDouble([.. Body, (byte)' ']).With("X-Signature", Signature), Signed);

    [Fact]
    public async Task Two_signatures_are_none_even_if_both_are_right() =>
        await AnswersAsync(HttpStatusCode.Unauthorized, new RequestDouble(Body).With("X-Signature", Signature, Signature), Signed);

    [Fact]
    public async Task Without_a_secret_no_signature_is_looked_for() =>
        await AnswersAsync(HttpStatusCode.OK, new RequestDouble(Body).With("X-Signature", "wrong"), new WebhookSettings());

    [Theory]
    [InlineData]
    [InlineData("garbage")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    [InlineData("1", "1")]
    [InlineData("1")]
    public async Task Without_a_true_content_length_the_body_is_read_to_its_end(params string[] contentLength) =>
        await AnswersAsync(HttpStatusCode.OK, new RequestDouble(Body).With("Content-Length", contentLength),
            new WebhookSettings { MaxBodyBytes = Body.Length });

    [Theory]
    [InlineData]
    [InlineData("1")]
    public async Task No_content_length_makes_room_for_a_body_over_the_limit(params string[] contentLength) =>
        await AnswersAsync(HttpStatusCode.RequestEntityTooLarge, new RequestDouble(Body).With("Content-Length", contentLength),
            new WebhookSettings { MaxBodyBytes = Body.Length - 1 });

    [Fact]
    public async Task A_body_announced_to_be_over_the_limit_is_not_read()
    {
        var request = new RequestDouble(Body).With("Content-Length", $"{WebhookSettings.DefaultMaxBodyBytes + 1}");
        await AnswersAsync(HttpStatusCode.RequestEntityTooLarge, request, new WebhookSettings());
        Assert.Equal(0, request.Body.Position);
    }

    private static async Task AnswersAsync(HttpStatusCode status, RequestDouble request, WebhookSettings settings)
    {
        await using var app = new TestApp(settings);
        Assert.Equal(status, (await app.PostAsync(request)).StatusCode);
        Assert.Equal(status is HttpStatusCode.OK ? 1 : 0, app.Sent.Count);
    }
}
