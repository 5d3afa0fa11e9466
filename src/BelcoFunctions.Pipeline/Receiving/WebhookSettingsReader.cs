using System.Globalization;
using BelcoFunctions.Pipeline.Settings;
using Microsoft.Extensions.Configuration;

namespace BelcoFunctions.Pipeline.Receiving;

/// <summary>Reads the settings <c>Webhook__…</c> in both hosts. Each error says what to do.</summary>
public sealed class WebhookSettingsReader
{
    private const int MinSecretLength = 16;
    private const int LargestMaxBodyBytes = 64 * 1024 * 1024;
    private const string KeyVaultReference = "@Microsoft.KeyVault(";

    private readonly IConfigurationSection section;
    private readonly List<string> errors = [];

    private WebhookSettingsReader(IConfiguration configuration) => section = configuration.GetSection("Webhook");

    /// <summary>Reads the settings.</summary>
    /// <param name="configuration">The configuration: <c>Webhook__Secret</c> is <c>Webhook:Secret</c> in it.</param>
    /// <param name="unsignedByDefault">Whether the host starts without a secret if <c>Webhook__AllowUnsigned</c> is not
    /// set.</param>
    /// <exception cref="SettingsException">It has a sentence for each error.</exception>
    public static WebhookSettings Read(IConfiguration configuration, bool unsignedByDefault)
    {
        var reader = new WebhookSettingsReader(configuration);
        var settings = reader.Read(unsignedByDefault);
        return reader.errors.Count == 0 ? settings : throw new SettingsException(reader.errors);
    }

    private WebhookSettings Read(bool unsignedByDefault)
    {
        string[] secrets = [.. new[] { Secret("Secret"), Secret("PreviousSecret") }.OfType<string>()];
        var header = Text("SignatureHeader");
        var allowUnsigned = Boolean("AllowUnsigned");
        if (Text("Secret") is null && Text("PreviousSecret") is not null)
        {
            errors.Add("Webhook__PreviousSecret is set without Webhook__Secret; set the current secret too.");
        }

        if (header is not null && !IsHeaderName(header))
        {
            errors.Add("Webhook__SignatureHeader is not a header name; use letters, digits and dashes.");
        }

        if (Text("Secret") is null && Text("PreviousSecret") is null && !(allowUnsigned ?? unsignedByDefault))
        {
            errors.Add("Webhook__Secret is not set; set it, or set Webhook__AllowUnsigned=true to take webhooks from anyone.");
        }

        return new WebhookSettings
        {
            Secrets = secrets,
            AllowUnsigned = allowUnsigned is true,
            SignatureHeader = header,
            SignatureEncoding = Encoding(),
            SignaturePrefix = Prefix(),
            MaxBodyBytes = MaxBodyBytes(),
        };
    }

    private string? Secret(string name)
    {
        if (Text(name) is not { } secret) return null;
        if (secret.StartsWith(KeyVaultReference, StringComparison.OrdinalIgnoreCase))
        {
            // If the platform cannot resolve a reference, the setting has the reference itself: a secret that anybody can guess.
            errors.Add($"Webhook__{name} is a Key Vault reference that was not resolved; check the app's access to the vault.");
        }
        else if (SettingText.IsWrapped(secret))
        {
            errors.Add($"Webhook__{name} has white space or quotes round it; set it to the secret alone.");
        }
        else if (secret.Length < MinSecretLength)
        {
            errors.Add($"Webhook__{name} has {secret.Length} characters; use at least {MinSecretLength}.");
        }

        return secret;
    }

    private SignatureEncoding Encoding()
    {
        switch (Text("SignatureEncoding")?.ToUpperInvariant())
        {
            case null or "HEX": return SignatureEncoding.Hex;
            case "BASE64": return SignatureEncoding.Base64;
            default:
                errors.Add("Webhook__SignatureEncoding is neither hex nor base64.");
                return default;
        }
    }

    private string Prefix()
    {
        var prefix = Text("SignaturePrefix") ?? "";
        // White space at its end may be part of it, as in "HMAC ".
        if (!SettingText.IsWrapped(prefix.TrimEnd(' '))) return prefix;
        errors.Add("Webhook__SignaturePrefix has white space or quotes round it; set it to only the text before the signature.");
        return "";
    }

    private int MaxBodyBytes()
    {
        if (Text("MaxBodyBytes") is not { } text) return WebhookSettings.DefaultMaxBodyBytes;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            && bytes is > 0 and <= LargestMaxBodyBytes)
        {
            return bytes;
        }

        errors.Add($"Webhook__MaxBodyBytes is not a whole number from 1 to {LargestMaxBodyBytes}.");
        return default;
    }

    private bool? Boolean(string name)
    {
        if (Text(name) is not { } text) return null;
        if (bool.TryParse(text, out var value)) return value;
        errors.Add($"Webhook__{name} is neither true nor false.");
        return true;
    }

    // The template sets unused settings to empty text.
    private string? Text(string name) => section[name] is { Length: > 0 } text ? text : null;

    private static bool IsHeaderName(string name) => name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
