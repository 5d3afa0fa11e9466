using System.Security.Cryptography;
using BelcoFunctions.Pipeline.Receiving;

namespace BelcoFunctions.Pipeline.Tests.Receiving;

public sealed class SigningKeyTests
{
    // The smallest possible object.
    private const int SmallestObject = 24;

    [Fact]
    public void The_key_is_set_up_once_and_not_for_each_signature()
    {
        const int Signatures = 1_000;
        var key = new SigningKey("0123456789abcdef");
        var signature = new byte[HMACSHA256.HashSizeInBytes];
        key.Sign("the first sets up the key"u8, signature);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Signatures; i++) key.Sign("{}"u8, signature);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Signatures * SmallestObject - 1);
    }
}
