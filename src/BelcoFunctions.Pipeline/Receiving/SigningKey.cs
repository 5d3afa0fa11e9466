using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace BelcoFunctions.Pipeline.Receiving;

/// <summary>HMAC-SHA256 with one secret. Thread-safe.</summary>
internal sealed class SigningKey(string secret)
{
    private readonly byte[] key = Encoding.UTF8.GetBytes(secret);

    // Setting up a key costs two thirds of signing a body of 1 KB, so hashes are reused. Each is used by one thread at a time.
    // After an exception a hash is not returned, because its state is unknown.
    private readonly ConcurrentBag<IncrementalHash> idle = [];

    public void Sign(ReadOnlySpan<byte> body, Span<byte> signature)
    {
        if (!idle.TryTake(out var hash)) hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(body);
        hash.GetHashAndReset(signature);
        idle.Add(hash);
    }
}
