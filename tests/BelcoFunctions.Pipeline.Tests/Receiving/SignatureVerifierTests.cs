using System.Security.Cryptography;
using System.Text;
using BelcoFunctions.Pipeline.Receiving;

namespace BelcoFunctions.Pipeline.Tests.Receiving;

public sealed class SignatureVerifierTests
{
    private const string Secret = "0123456789abcdef";
    private const string Previous = "fedcba9876543210";
    private static readonly byte[] Body = "{\"requestId\":\"r\"}"u8.ToArray();

    public static TheoryData<SignatureEncoding, string, string, SignatureResult> Signatures => new()
    {
        { SignatureEncoding.Hex, "", Hex(Secret), SignatureResult.Valid },
        { SignatureEncoding.Hex, "", Hex(Secret).ToUpperInvariant(), SignatureResult.Valid },
        { SignatureEncoding.Hex, "", Hex(Previous), SignatureResult.Valid },
        { SignatureEncoding.Hex, "sha256=", "sha256=" + Hex(Secret), SignatureResult.Valid },
        { SignatureEncoding.Base64, "", Base64(Secret), SignatureResult.Valid },
        { SignatureEncoding.Base64, "v1=", "v1=" + Base64(Previous), SignatureResult.Valid },
        { SignatureEncoding.Hex, "", "", SignatureResult.Missing },
        { SignatureEncoding.Hex, "", Hex("another secret at all"), SignatureResult.Wrong },
        { SignatureEncoding.Hex, "", Hex(Secret)[..62], SignatureResult.Wrong },
        { SignatureEncoding.Hex, "", Hex(Secret)[..63], SignatureResult.Wrong },
        { SignatureEncoding.Hex, "", Hex(Secret) + "00", SignatureResult.Wrong },
        { SignatureEncoding.Hex, "", Hex(Secret)[..63] + "g", SignatureResult.Wrong },
        { SignatureEncoding.Hex, "sha256=", Hex(Secret), SignatureResult.Wrong },
        { SignatureEncoding.Hex, "sha256=", "sha256=", SignatureResult.Wrong },
        { SignatureEncoding.Hex, "", Base64(Secret), SignatureResult.Wrong },
        { SignatureEncoding.Base64, "", Hex(Secret), SignatureResult.Wrong },
        { SignatureEncoding.Base64, "", Base64(Secret)[..40], SignatureResult.Wrong },
        { SignatureEncoding.Hex, "", Hex(Secret) + "," + Hex(Secret), SignatureResult.Wrong },
    };

    [Theory]
    [MemberData(nameof(Signatures))]
    public void Each_way_to_sign_has_its_result(
        SignatureEncoding encoding, string prefix, string signature, SignatureResult result)
    {
        var verifier = new SignatureVerifier(new WebhookSettings
        {
            Secrets = [Secret, Previous],
            SignatureHeader = "X-Signature",
            SignatureEncoding = encoding,
            SignaturePrefix = prefix,
        });
        Assert.Equal(result, verifier.Verify(signature, Body));
    }

    [Fact]
    public void No_byte_of_the_body_can_be_changed()
    {
        var verifier = new SignatureVerifier(new WebhookSettings { Secrets = [Secret], SignatureHeader = "X-Signature" });
        for (var i = 0; i < Body.Length; i++)
        {
            var altered = Body.ToArray();
            altered[i] ^= 1;
            Assert.Equal(SignatureResult.Wrong, verifier.Verify(Hex(Secret), altered));
        }
    }

    [Fact]
    public void Many_threads_may_verify_at_the_same_time()
    {
        var verifier = new SignatureVerifier(new() { Secrets = [Secret, Previous], SignatureHeader = "X-Signature" });
        Parallel.For(0, 20_000, number =>
        {
            byte[] body = [.. Body, .. BitConverter.GetBytes(number)];
            var key = Encoding.UTF8.GetBytes(number % 2 == 0 ? Secret : Previous);
            var signature = Convert.ToHexStringLower(HMACSHA256.HashData(key, body));
            Assert.Equal(SignatureResult.Valid, verifier.Verify(signature, body));
            Assert.Equal(SignatureResult.Wrong, verifier.Verify(signature, Body));
        });
    }

    [Fact]
    public void Without_a_secret_no_signature_is_required() =>
        Assert.Equal(SignatureResult.NotRequired, new SignatureVerifier(new WebhookSettings()).Verify(null, Body));

    private static byte[] Hash(string secret) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Body);

    private static string Hex(string secret) => Convert.ToHexStringLower(Hash(secret));

    private static string Base64(string secret) => Convert.ToBase64String(Hash(secret));
}
