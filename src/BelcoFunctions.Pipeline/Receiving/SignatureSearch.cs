using System.Security.Cryptography;

namespace BelcoFunctions.Pipeline.Receiving;

/// <summary>Finds the right signature in any header. Only somebody who knows the secret can sign the body, so the name of the
/// header would prove nothing more.</summary>
internal sealed class SignatureSearch(WebhookSettings settings)
{
    /// <summary>The most headers to compare with the signature. A request may have many more.</summary>
    public const int MaxCandidates = 16;

    private readonly SigningKey[] keys = [.. settings.Secrets.Select(secret => new SigningKey(secret))];

    /// <summary>The headers that look like a signature, in the order of their names, so that all servers choose the
    /// same.</summary>
    public static IReadOnlyList<SignatureCandidate> Candidates(IRequestHeaders headers)
    {
        List<SignatureCandidate> candidates = [];
        foreach (var (name, value) in headers.All)
        {
            if (SignatureCandidate.Parse(name, value) is { } candidate) candidates.Add(candidate);
        }

        candidates.Sort((one, other) => StringComparer.OrdinalIgnoreCase.Compare(one.Header, other.Header));
        return candidates.Count > MaxCandidates ? candidates[..MaxCandidates] : candidates;
    }

    /// <summary>The candidate that is the signature of the body; null if none is.</summary>
    public SignatureCandidate? Find(IReadOnlyList<SignatureCandidate> candidates, ReadOnlySpan<byte> body)
    {
        if (candidates.Count == 0) return null;
        SignatureCandidate? found = null;
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        foreach (var key in keys)
        {
            key.Sign(body, expected);
            foreach (var candidate in candidates)
            {
                var isRight = SignatureVerifier.TryDecode(candidate.Encoded, candidate.Encoding, given)
                    & CryptographicOperations.FixedTimeEquals(expected, given);
                if (isRight) found ??= candidate;
            }
        }

        return found;
    }
}
