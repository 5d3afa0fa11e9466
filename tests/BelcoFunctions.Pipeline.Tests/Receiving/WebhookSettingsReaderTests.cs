using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Pipeline.Settings;
using Microsoft.Extensions.Configuration;

namespace BelcoFunctions.Pipeline.Tests.Receiving;

public sealed class WebhookSettingsReaderTests
{
    private const string Secret = "0123456789abcdef";

    [Fact]
    public void All_settings_are_read()
    {
        var settings = Read(unsignedByDefault: false, "Secret=" + Secret, "PreviousSecret=fedcba9876543210",
            "SignatureHeader=X-Belco-Signature", "SignatureEncoding=base64", "SignaturePrefix=sha256=", "MaxBodyBytes=1000");
        Assert.Equal([Secret, "fedcba9876543210"], settings.Secrets);
        Assert.Equal("X-Belco-Signature", settings.SignatureHeader);
        Assert.Equal((SignatureEncoding.Base64, "sha256=", 1000),
            (settings.SignatureEncoding, settings.SignaturePrefix, settings.MaxBodyBytes));
        Assert.Equal(SignatureRule.On, settings.Signature);
    }

    [Fact]
    public void The_defaults_work_where_unsigned_webhooks_are_allowed()
    {
        var settings = Read(unsignedByDefault: true);
        Assert.Equal(SignatureRule.Off, settings.Signature);
        Assert.Equal((SignatureEncoding.Hex, "", 4 * 1024 * 1024),
            (settings.SignatureEncoding, settings.SignaturePrefix, settings.MaxBodyBytes));
        Assert.Equal(SignatureRule.Off, Read(unsignedByDefault: false, "AllowUnsigned=true").Signature);
    }

    [Theory]
    [InlineData("hex", SignatureEncoding.Hex)]
    [InlineData("Base64", SignatureEncoding.Base64)]
    public void The_encoding_may_be_written_in_any_case(string text, SignatureEncoding encoding) =>
        Assert.Equal(encoding, Read(unsignedByDefault: true, "SignatureEncoding=" + text).SignatureEncoding);

    [Fact]
    public void A_body_may_have_from_1_byte_to_64_MiB()
    {
        Assert.Equal(1, Read(unsignedByDefault: true, "MaxBodyBytes=1").MaxBodyBytes);
        Assert.Equal(64 * 1024 * 1024, Read(unsignedByDefault: true, "MaxBodyBytes=67108864").MaxBodyBytes);
    }

    [Theory]
    [InlineData(false, SignatureRule.On)]
    [InlineData(true, SignatureRule.On)]
    [InlineData(false, SignatureRule.On, "AllowUnsigned=false")]
    [InlineData(false, SignatureRule.NotEnforced, "AllowUnsigned=true")]
    [InlineData(true, SignatureRule.NotEnforced, "AllowUnsigned=true")]
    public void The_secret_alone_is_enough(bool unsignedByDefault, SignatureRule rule, params string[] more)
    {
        var settings = Read(unsignedByDefault, ["Secret=" + Secret, .. more]);
        Assert.Equal((rule, null), (settings.Signature, settings.SignatureHeader));
    }

    [Theory]
    [InlineData(" {0}")]
    [InlineData("{0} ")]
    [InlineData("{0}\n")]
    [InlineData("\t{0}")]
    [InlineData("{0}\u00A0")]
    [InlineData("\uFEFF{0}")]
    [InlineData("\"{0}\"")]
    [InlineData("'{0}'")]
    [InlineData("“{0}”")]
    [InlineData("{0}\"")]
    public void White_space_or_quotes_around_a_secret_are_refused(string format)
    {
        var wrapped = string.Format(System.Globalization.CultureInfo.InvariantCulture, format, Secret);
        foreach (var (name, values) in new (string, string[])[]
        {
            ("Webhook__Secret", ["Secret=" + wrapped]),
            ("Webhook__PreviousSecret", ["Secret=" + Secret, "PreviousSecret=" + wrapped]),
            ("Webhook__SignaturePrefix", ["Secret=" + Secret, "SignaturePrefix=" + wrapped.TrimEnd(' ') + "'"]),
        })
        {
            var error = Assert.Single(Assert.Throws<SettingsException>(() => Read(unsignedByDefault: true, values)).Errors);
            Assert.StartsWith($"{name} has white space or quotes round it; ", error, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("a secret with spaces")]
    [InlineData("it's a \"secret\" too")]
    public void White_space_and_quotes_within_a_secret_are_a_part_of_it(string secret) =>
        Assert.Equal([secret], Read(unsignedByDefault: false, "Secret=" + secret).Secrets);

    [Fact]
    public void A_prefix_may_end_in_a_space() => Assert.Equal("HMAC ", Read(
        unsignedByDefault: false, "Secret=" + Secret, "SignatureHeader=Authorization", "SignaturePrefix=HMAC ").SignaturePrefix);

    [Theory]
    [InlineData("Webhook__Secret is not set")]
    [InlineData("Webhook__Secret is not set", "Secret=")]
    [InlineData("not a header name", "Secret=" + Secret, "SignatureHeader= X")]
    [InlineData("neither hex nor base64", "Secret=" + Secret, "SignatureHeader=X", "SignatureEncoding='hex'")]
    [InlineData("not a whole number", "AllowUnsigned=true", "MaxBodyBytes=\"1000\"")]
    [InlineData("neither true nor false", "AllowUnsigned=\"true\"", "Secret=" + Secret)]
    [InlineData("has 15 characters", "Secret=0123456789abcde", "SignatureHeader=X")]
    [InlineData("was not resolved", "Secret=@Microsoft.KeyVault(SecretUri=https://v/secrets/s)", "SignatureHeader=X")]
    [InlineData("was not resolved", "Secret=" + Secret, "PreviousSecret=@microsoft.keyvault(VaultName=v)", "SignatureHeader=X")]
    [InlineData("PreviousSecret is set without", "PreviousSecret=" + Secret, "SignatureHeader=X")]
    [InlineData("not a header name", "Secret=" + Secret, "SignatureHeader=X: y")]
    [InlineData("neither hex nor base64", "AllowUnsigned=true", "SignatureEncoding=base32")]
    [InlineData("not a whole number", "AllowUnsigned=true", "MaxBodyBytes=0")]
    [InlineData("not a whole number", "AllowUnsigned=true", "MaxBodyBytes=67108865")]
    [InlineData("not a whole number", "AllowUnsigned=true", "MaxBodyBytes=4 MB")]
    [InlineData("not a whole number", "AllowUnsigned=true", "MaxBodyBytes=99999999999")]
    [InlineData("neither true nor false", "AllowUnsigned=yes")]
    [InlineData("neither true nor false", "AllowUnsigned=yes", "Secret=" + Secret, "SignatureHeader=X")]
    public void Each_error_has_its_message(string sentence, params string[] values)
    {
        var exception = Assert.Throws<SettingsException>(() => Read(unsignedByDefault: false, values));
        Assert.Contains(sentence, Assert.Single(exception.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_are_reported_at_once()
    {
        var exception = Assert.Throws<SettingsException>(() =>
            Read(unsignedByDefault: false, "Secret=short", "SignatureEncoding=octal", "MaxBodyBytes=-1"));
        Assert.Equal(3, exception.Errors.Count);
    }

    [Fact]
    public void Neither_the_settings_nor_an_error_shows_a_secret()
    {
        var settings = Read(unsignedByDefault: true, "Secret=" + Secret, "SignatureHeader=X");
        Assert.Equal("WebhookSettings { signature: On }", settings.ToString());
        Assert.Equal("WebhookSettings { signature: Off }", Read(unsignedByDefault: true).ToString());
        var exception = Assert.Throws<SettingsException>(() =>
            Read(unsignedByDefault: true, "Secret=hunter2", "SignatureHeader=X"));
        Assert.DoesNotContain("hunter2", exception.Message, StringComparison.Ordinal);
    }

    private static WebhookSettings Read(bool unsignedByDefault, params string[] values)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values.Select(value =>
        {
            var parts = value.Split('=', 2);
            return KeyValuePair.Create("Webhook:" + parts[0], (string?)parts[1]);
        })).Build();
        return WebhookSettingsReader.Read(configuration, unsignedByDefault);
    }
}
