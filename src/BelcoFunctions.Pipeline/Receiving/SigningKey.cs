using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace BelcoFunctions.Pipeline.Receiving;

/// <summary>HMAC-SHA256 under one secret, by any number of threads.</summary>
internal sealed class SigningKey(string secret)
{
    private readonly byte[] key = Encoding.UTF8.GetBytes(secret);

    // To set a key up costs two thirds of signing a body of 1 KB. A hash is one thread's until it is back here, so there are as many
    // as ever signed at once; one that an exception kept from coming back is not used again.
    private readonly ConcurrentBag<IncrementalHash> idle = [];

    public void Sign(ReadOnlySpan<byte> body, Span<byte> signature)
    {
        if (!idle.TryTake(out var hash)) hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(body);
        hash.GetHashAndReset(signature);
        idle.Add(hash);
    }
}
