using System.Security.Cryptography;
using System.Text;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Testing.Receiving;

namespace BelcoFunctions.Pipeline.Tests.Receiving;

/// <summary>Without a pinned header, the right signature is found in any header, and nothing else is accepted.</summary>
public sealed class SignatureSearchTests
{
    private const string Secret = "0123456789abcdef";
    private const string Previous = "fedcba9876543210";
    private static readonly byte[] Body = "{\"requestId\":\"r\"}"u8.ToArray();

    private readonly SignatureSearch search = new(new WebhookSettings { Secrets = [Secret, Previous] });

    public static TheoryData<string, string> Right => new()
    {
        { "X-Belco-Signature", Hex(Secret) },
        { "X-Belco-Signature", Hex(Secret).ToUpperInvariant() },
        { "x-hub-signature-256", "sha256=" + Hex(Secret) },
        { "X-Hmac", "hmac-sha256:" + Hex(Previous) },
        { "Authorization", "HMAC " + Hex(Secret) },
        { "Stripe-Signature", "t=1718097305,v1=" + Hex(Secret) },
        { "Webhook-Signature", "v1," + Base64(Secret) },
        { "X-Shop-Hmac-SHA256", Base64(Secret) },
        { "X-Shop-Hmac-SHA256", Base64(Previous) },
        { "X", "sha256=" + Base64(Secret) },
        { "X", new string('a', 63) + "=" + Hex(Secret) },
        // Twice: servers join the values with a comma.
        { "X", Base64("another secret, yes") + "," + Base64(Secret) },
    };

    public static TheoryData<string> AlmostRight => new()
    {
        "",
        Hex(Secret)[1..],
        Hex(Secret) + "0",
        "0" + Hex(Secret),
        "sha256" + Hex(Secret),
        "sha256/" + Hex(Secret),
        Hex(Secret) + " ",
        Hex(Secret) + ",",
        '"' + Hex(Secret) + '"',
        Hex(Secret)[..63] + (Hex(Secret)[63] == '0' ? '1' : '0'),
        Hex(Secret)[..63] + "g",
        Hex("another secret, yes"),
        Base64(Secret)[1..],
        Base64(Secret)[..43],
        Base64(Secret)[..43] + "-",
        "0" + Base64(Secret),
        Base64("another secret, yes"),
        // 129 characters.
        new string('a', 64) + "=" + Hex(Secret),
        Hex(Secret) + "," + Hex(Secret),
        Base64(Secret) + "," + Base64("another secret, yes"),
        Convert.ToBase64String(Encoding.ASCII.GetBytes(Hex(Secret))),
        // As long as SHA-1.
        Hex(Secret)[..40],
        Convert.ToHexString(HMACSHA512.HashData(Encoding.UTF8.GetBytes(Secret), Body)),
        new string('=', 44),
        new string(' ', 64),
        new string('0', 64),
    };

    [Theory]
    [MemberData(nameof(Right))]
    public void A_signature_is_found_in_any_header_in_either_encoding_after_any_prefix(string header, string value) =>
        Assert.Equal(header, Find(("Accept", "*/*"), (header, value))?.Header);

    [Theory]
    [MemberData(nameof(AlmostRight))]
    public void An_almost_right_signature_is_wrong(string value) => Assert.Null(Find(("X-Signature", value)));

    [Fact]
    public void No_byte_of_the_body_can_be_changed()
    {
        for (var i = 0; i < Body.Length; i++)
        {
            var altered = Body.ToArray();
            altered[i] ^= 1;
            Assert.Null(search.Find(SignatureSearch.Candidates(TestHeaders.From(Hex(Secret))), altered));
        }
    }

    [Fact]
    public void A_signature_is_found_among_a_hundred_headers()
    {
        var others = Enumerable.Range(0, 99).Select(number => ($"X-{number:00}", new string('x', number)));
        Assert.Equal("X-Signature", Find([.. others, ("X-Signature", Hex(Secret))])?.Header);
    }

    [Fact]
    public void Only_the_first_sixteen_by_name_are_compared()
    {
        var wrong = Enumerable.Range(0, 99).Select(number => ($"b-{number:00}", Hex($"wrong secret {number}"))).Reverse();
        Assert.Equal("A-signature", Find([.. wrong, ("A-signature", Hex(Secret))])?.Header);
        Assert.Equal("B-14a", Find([.. wrong, ("B-14a", Hex(Secret))])?.Header);
        Assert.Null(Find([.. wrong, ("B-15a", Hex(Secret))]));
        Assert.Equal(16, SignatureSearch.Candidates(new TestHeaders([.. wrong])).Count);
    }

    [Theory]
    [InlineData("", "Hex")]
    [InlineData("sha256=", "Hex after \"sha256=\"")]
    [InlineData("a\u001bb=", "Hex after \"a?b=\"")]
    public void The_form_of_a_signature_is_logged_without_control_characters(string prefix, string form) =>
        Assert.Equal(form, SignatureCandidate.Parse("X", prefix + Hex(Secret))?.Form);

    [Fact]
    public void A_long_or_strange_header_name_is_logged_shortened_and_cleaned() => Assert.Equal(
        "a??b" + new string('x', 60), SignatureCandidate.Parse("a\n\"b" + new string('x', 100), Hex(Secret))?.ShownHeader);

    private SignatureCandidate? Find(params (string Name, string Value)[] headers) =>
        search.Find(SignatureSearch.Candidates(new TestHeaders(headers)), Body);

    private static byte[] Hash(string secret) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Body);

    private static string Hex(string secret) => Convert.ToHexStringLower(Hash(secret));

    private static string Base64(string secret) => Convert.ToBase64String(Hash(secret));
}
