using System.Text;

namespace BelcoFunctions.Pipeline.Receiving;

/// <summary>How webhooks are received.</summary>
public sealed record WebhookSettings
{
    public const int DefaultMaxBodyBytes = 4 * 1024 * 1024;

    /// <summary>The keys of HMAC-SHA256 over the raw body: the current one, and during a rotation the previous one. If there are
    /// none, webhooks are accepted without a signature.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>Whether to accept webhooks without the right signature.</summary>
    public bool AllowUnsigned { get; init; }

    /// <summary>The only header that may have the signature; null to accept it in any header, as hex or base64, after any
    /// prefix.</summary>
    public string? SignatureHeader { get; init; }

    /// <summary>The encoding in <see cref="SignatureHeader"/>.</summary>
    public SignatureEncoding SignatureEncoding { get; init; } = SignatureEncoding.Hex;

    /// <summary>The text before the signature in <see cref="SignatureHeader"/>, like <c>sha256=</c>.</summary>
    public string SignaturePrefix { get; init; } = "";

    /// <summary>The largest accepted body, in bytes.</summary>
    public int MaxBodyBytes { get; init; } = DefaultMaxBodyBytes;

    public SignatureRule Signature =>
        Secrets.Count == 0 ? SignatureRule.Off : AllowUnsigned ? SignatureRule.NotEnforced : SignatureRule.On;

    // The generated text of a record would contain the secrets.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"signature: {Signature}");
        return true;
    }
}

/// <summary>Whether webhooks must have the right signature.</summary>
public enum SignatureRule
{
    /// <summary>No secret is set.</summary>
    Off,

    /// <summary>Webhooks without the right signature are accepted, and logged.</summary>
    NotEnforced,

    /// <summary>Webhooks without the right signature are refused.</summary>
    On,
}

/// <summary>How the header encodes the 32 bytes of a signature.</summary>
public enum SignatureEncoding { Hex, Base64 }
