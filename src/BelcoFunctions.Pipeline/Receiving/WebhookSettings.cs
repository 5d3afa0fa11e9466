using System.Text;

namespace BelcoFunctions.Pipeline.Receiving;

/// <summary>How webhooks are received. The header's name and the encoding are never guessed: the operator looks them up in
/// Belco's documentation.</summary>
public sealed record WebhookSettings
{
    public const int DefaultMaxBodyBytes = 4 * 1024 * 1024;

    /// <summary>The keys of HMAC-SHA256 over the raw body: the current one, and during a rotation the previous one. If there are
    /// none, webhooks are accepted without a signature.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>The header that has the signature.</summary>
    public string? SignatureHeader { get; init; }

    public SignatureEncoding SignatureEncoding { get; init; } = SignatureEncoding.Hex;

    /// <summary>The text before the signature in the header, like <c>sha256=</c>.</summary>
    public string SignaturePrefix { get; init; } = "";

    /// <summary>The largest accepted body, in bytes.</summary>
    public int MaxBodyBytes { get; init; } = DefaultMaxBodyBytes;

    public bool SignatureRequired => Secrets.Count > 0;

    // The generated text of a record would contain the secrets.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"signature: {(SignatureRequired ? "on" : "off")}");
        return true;
    }
}

/// <summary>How the header encodes the 32 bytes of a signature.</summary>
public enum SignatureEncoding { Hex, Base64 }
