using System.Buffers;
using System.Security.Cryptography;

namespace BelcoFunctions.Pipeline.Receiving;

/// <summary>The result of verifying a webhook's signature.</summary>
public enum SignatureResult
{
    /// <summary>No secret is set, so every webhook is accepted.</summary>
    NotRequired,
    Valid,
    Missing,
    Wrong,
}

/// <summary>Verifies HMAC-SHA256 over the raw body with each configured secret, in constant time.</summary>
public sealed class SignatureVerifier(WebhookSettings settings)
{
    private readonly SigningKey[] keys = [.. settings.Secrets.Select(secret => new SigningKey(secret))];

    /// <param name="signature">The header's value; null when there is none.</param>
    /// <param name="body">The body, byte for byte.</param>
    public SignatureResult Verify(string? signature, ReadOnlySpan<byte> body)
    {
        if (keys.Length == 0) return SignatureResult.NotRequired;
        if (string.IsNullOrEmpty(signature)) return SignatureResult.Missing;

        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (!signature.StartsWith(settings.SignaturePrefix, StringComparison.Ordinal)
            || !TryDecode(signature.AsSpan(settings.SignaturePrefix.Length), settings.SignatureEncoding, given))
        {
            return SignatureResult.Wrong;
        }

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var valid = false;
        foreach (var key in keys)
        {
            key.Sign(body, expected);
            valid |= CryptographicOperations.FixedTimeEquals(expected, given);
        }

        return valid ? SignatureResult.Valid : SignatureResult.Wrong;
    }

    internal static bool TryDecode(ReadOnlySpan<char> encoded, SignatureEncoding encoding, Span<byte> given) =>
        encoding is SignatureEncoding.Base64
            ? Convert.TryFromBase64Chars(encoded, given, out var written) && written == given.Length
            : encoded.Length == 2 * given.Length && Convert.FromHexString(encoded, given, out _, out _) is OperationStatus.Done;
}
