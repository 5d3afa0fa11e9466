using System.Security.Cryptography;
using System.Text;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Testing.Receiving;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace BelcoFunctions.Pipeline.Tests.Receiving;

/// <summary>The log lines about signatures.</summary>
public sealed class SignatureLogTests
{
    private const string Secret = "0123456789abcdef";
    private static readonly byte[] Body = "{}"u8.ToArray();
    private static readonly string Right =
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Body));

    private static readonly string Wrong = new('0', 64);

    private readonly FakeTimeProvider time = new();
    private readonly Log log = new();

    [Fact]
    public void The_place_of_the_signature_is_logged_once_and_again_when_it_changes()
    {
        using var check = Check(new() { Secrets = [Secret] });

        for (var count = 0; count < 3; count++) Assert.True(check.Accepts(new TestHeaders(("X-Hub", "sha256=" + Right)), Body));

        Assert.StartsWith("The signature is in the header X-Hub, as Hex after \"sha256=\".", Assert.Single(log.Lines),
            StringComparison.Ordinal);

        Assert.True(check.Accepts(TestHeaders.From(Right), Body));
        Assert.StartsWith("The signature is in the header X-Signature, as Hex.", log.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_signature_before_the_right_one_is_not_logged()
    {
        using var check = Check(new() { Secrets = [Secret] });
        var other = Convert.ToBase64String(new byte[32]);
        var right = Convert.ToBase64String(Convert.FromHexString(Right));

        Assert.True(check.Accepts(new TestHeaders(("X-Sig", $"{other},{right}")), Body));

        Assert.StartsWith("The signature is in the header X-Sig, as Base64 after other text.", Assert.Single(log.Lines),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_names_the_headers_at_most_once_a_minute_and_never_a_value()
    {
        using var check = Check(new() { Secrets = [Secret] });
        var headers = new TestHeaders(("X-B", "sha1=" + Wrong), ("Host", "localhost"), ("X-A\u001b[31m", "t=1,v1=" + Wrong));

        for (var count = 0; count < 3; count++) Assert.False(check.Accepts(headers, Body));
        time.Advance(TimeSpan.FromSeconds(59.999));
        Assert.False(check.Accepts(headers, Body));
        Assert.Single(log.Lines);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(check.Accepts(new TestHeaders(("Host", "localhost")), Body));

        Assert.Collection(log.Lines,
            line => Assert.Contains("Headers that look like a signature: X-A??31m, X-B.", line, StringComparison.Ordinal),
            line => Assert.Contains("Headers that look like a signature: none.", line, StringComparison.Ordinal));
        Assert.DoesNotContain(Wrong, string.Concat(log.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("X-Pinned")]
    public void With_AllowUnsigned_everything_is_accepted_and_would_be_refusals_are_logged(string? pinned)
    {
        using var check = Check(new() { Secrets = [Secret], AllowUnsigned = true, SignatureHeader = pinned });
        log.Clear();

        Assert.True(check.Accepts(new TestHeaders(("X-Pinned", Wrong)), Body));

        var line = Assert.Single(log.Lines);
        Assert.Contains("only because Webhook__AllowUnsigned is true", line, StringComparison.Ordinal);
        Assert.Contains(": X-Pinned.", line, StringComparison.Ordinal);
    }

    [Fact]
    public void With_AllowUnsigned_a_right_signature_is_logged_as_usual()
    {
        using var check = Check(new() { Secrets = [Secret], AllowUnsigned = true });
        log.Clear();
        Assert.True(check.Accepts(TestHeaders.From(Right), Body));
        Assert.StartsWith("The signature is in the header X-Signature, as Hex.", Assert.Single(log.Lines),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Each_hour_a_line_says_that_signatures_are_not_enforced()
    {
        using (Check(new() { Secrets = [Secret], AllowUnsigned = true }))
        {
            Assert.Equal(1, log.Reminders);
            time.Advance(TimeSpan.FromHours(1));
            Assert.Equal(2, log.Reminders);
            time.Advance(TimeSpan.FromHours(2));
        }

        Assert.Equal(4, log.Reminders);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(4, log.Reminders);
    }

    [Fact]
    public void With_a_pinned_header_no_other_is_read_and_the_refusal_names_the_pinned_one()
    {
        using var check = Check(new() { Secrets = [Secret], SignatureHeader = "X-Pinned" });
        Assert.True(check.Accepts(new TestHeaders(("X-Pinned", Right)), Body));
        Assert.Empty(log.Lines);
        for (var count = 0; count < 2; count++) Assert.False(check.Accepts(new TestHeaders(("X-Other", Right)), Body));
        Assert.Contains("Webhook__SignatureHeader allows only X-Pinned", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    private SignatureCheck Check(WebhookSettings settings) => new(settings, time, log);

    private sealed class Log : ILogger
    {
        private readonly List<string> lines = [];

        public IReadOnlyList<string> Lines => lines;

        public int Reminders => lines.Count(line => line.StartsWith("Signatures are not enforced:", StringComparison.Ordinal));

        public void Clear() => lines.Clear();

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => lines.Add(formatter(state, exception));
    }
}
