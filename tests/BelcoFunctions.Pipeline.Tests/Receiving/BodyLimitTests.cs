using System.Net;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Testing.Receiving;

namespace BelcoFunctions.Pipeline.Tests.Receiving;

/// <summary>A body is read to its end or to the limit, whatever its Content-Length and however slowly it comes.</summary>
public sealed class BodyLimitTests
{
    private static readonly byte[] Body = PayloadFiles.Read("conversation.closed");

    public static IEnumerable<object[]> Announcements =>
        from announced in new long[] { 0, 1, Body.Length - 1, Body.Length, Body.Length + 1 }
        from bytesAtOnce in new[] { 1, 7, int.MaxValue }
        select new object[] { announced, bytesAtOnce };

    [Theory]
    [MemberData(nameof(Announcements))]
    public async Task A_body_within_the_limit_is_queued_byte_for_byte(long announced, int bytesAtOnce)
    {
        using var stream = new SlowStream(Body, bytesAtOnce);
        var received = await ReceiveAsync(stream, announced, limit: Body.Length + 1);
        received.ShouldBeProjected();
        Assert.Equal(Body, received.Raw);
    }

    [Theory]
    [MemberData(nameof(Announcements))]
    public async Task A_body_one_byte_over_the_limit_is_refused(long announced, int bytesAtOnce)
    {
        using var exact = new SlowStream(Body, bytesAtOnce);
        if (announced <= Body.Length) (await ReceiveAsync(exact, announced, limit: Body.Length)).ShouldBeProjected();

        using var over = new SlowStream([.. Body, (byte)' '], bytesAtOnce);
        (await ReceiveAsync(over, announced, limit: Body.Length)).ShouldBeRefused("limit", HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData(true, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(false, HttpStatusCode.LengthRequired)]
    public async Task A_missing_or_too_large_content_length_is_refused_without_reading(bool announced, HttpStatusCode status)
    {
        using var stream = new SlowStream(Body, bytesAtOnce: 1);
        var received = await ReceiveAsync(stream, announced ? Body.Length + 1 : null, limit: Body.Length);
        received.ShouldBeRefused(detail: null, status);
        Assert.Equal(0, stream.Position);
    }

    [Fact]
    public async Task The_default_limit_is_4_MiB()
    {
        var body = new byte[4 * 1024 * 1024 + 1];
        body.AsSpan().Fill((byte)' ');
        Body.CopyTo(body, 0);
        (await Webhook.ReceiveAsync(body[..^1])).ShouldBeProjected();
        (await Webhook.ReceiveAsync(body)).ShouldBeRefused("limit", HttpStatusCode.RequestEntityTooLarge);
    }

    private static Task<Received> ReceiveAsync(Stream stream, long? announced, int limit) =>
        new TestReceiver(settings: new WebhookSettings { MaxBodyBytes = limit }).ReceiveAsync(stream, announced);

    private sealed class SlowStream(byte[] bytes, int bytesAtOnce) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(bytesAtOnce, buffer.Length)], cancellationToken);
    }
}
