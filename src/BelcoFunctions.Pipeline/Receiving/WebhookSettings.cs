using System.Text;

namespace BelcoFunctions.Pipeline.Receiving;

/// <summary>How webhooks are received. Belco's header name and encoding are the shop's to look up: nothing is guessed.</summary>
public sealed record WebhookSettings
{
    public const int DefaultMaxBodyBytes = 4 * 1024 * 1024;

    /// <summary>The keys of HMAC-SHA256 over the raw body: the current one, and while it is rotated the one before. None: webhooks
    /// are taken unsigned.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>The header that has the signature.</summary>
    public string? SignatureHeader { get; init; }

    public SignatureEncoding SignatureEncoding { get; init; } = SignatureEncoding.Hex;

    /// <summary>What stands before the signature in the header, like <c>sha256=</c>.</summary>
    public string SignaturePrefix { get; init; } = "";

    /// <summary>Bytes of the largest body that is taken.</summary>
    public int MaxBodyBytes { get; init; } = DefaultMaxBodyBytes;

    public bool SignatureRequired => Secrets.Count > 0;

    // A record's own text would have the secrets in it.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"signature: {(SignatureRequired ? "on" : "off")}");
        return true;
    }
}

/// <summary>How a header writes the 32 bytes of a signature.</summary>
public enum SignatureEncoding { Hex, Base64 }
