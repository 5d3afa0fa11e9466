using System.Net;
using BelcoFunctions.Pipeline.Http;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Tests;
using Xunit;

namespace BelcoFunctions.Pipeline.Tests.Receiving;

/// <summary>A body is read to its end or to the limit, whatever its Content-Length says and however it trickles in.</summary>
public sealed class BodyLimitTests
{
    private static readonly byte[] Body = PayloadFiles.Read("conversation.closed");

    public static IEnumerable<object[]> Announcements =>
        from announced in new long[] { 0, 1, Body.Length - 1, Body.Length, Body.Length + 1 }
        from bytesAtOnce in new[] { 1, 7, int.MaxValue }
        select new object[] { announced, bytesAtOnce };

    [Theory]
    [MemberData(nameof(Announcements))]
    public async Task A_body_within_the_limit_is_taken_byte_for_byte(long announced, int bytesAtOnce)
    {
        var settings = new WebhookSettings { MaxBodyBytes = Body.Length + 1 };
        using var stream = new SlowStream(Body, bytesAtOnce);
        var received = await Door.ReceiveAsync(stream, announced, settings);
        received.ShouldBeProjected();
        Assert.Equal(Body, received.Raw);
    }

    [Theory]
    [MemberData(nameof(Announcements))]
    public async Task A_byte_over_the_limit_is_too_many(long announced, int bytesAtOnce)
    {
        using var exact = new SlowStream(Body, bytesAtOnce);
        var settings = new WebhookSettings { MaxBodyBytes = Body.Length };
        if (announced <= Body.Length) (await Door.ReceiveAsync(exact, announced, settings)).ShouldBeProjected();

        using var over = new SlowStream([.. Body, (byte)' '], bytesAtOnce);
        var received = await Door.ReceiveAsync(over, announced, settings);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, HttpReply.ProblemJson), (received.Reply.Status, received.Reply.ContentType));
        Assert.Null(received.Queued);
    }

    [Fact]
    public async Task A_content_length_over_the_limit_is_refused_without_reading()
    {
        using var stream = new SlowStream(Body, bytesAtOnce: 1);
        var received = await Door.ReceiveAsync(stream, Body.Length + 1L, new WebhookSettings { MaxBodyBytes = Body.Length });
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, 0), (received.Reply.Status, stream.Position));
    }

    [Fact]
    public async Task The_default_limit_takes_4_MiB()
    {
        var body = new byte[WebhookSettings.DefaultMaxBodyBytes + 1];
        body.AsSpan().Fill((byte)' ');
        Body.CopyTo(body, 0);
        (await Door.ReceiveAsync(body[..^1])).ShouldBeProjected();
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Door.ReceiveAsync(body)).Reply.Status);
    }

    [Fact]
    public async Task A_body_without_a_content_length_is_refused_without_reading()
    {
        using var stream = new SlowStream(Body, bytesAtOnce: 1);
        var received = await Door.ReceiveAsync(stream, contentLength: null);
        Assert.Equal((HttpStatusCode.LengthRequired, 0), (received.Reply.Status, stream.Position));
        Assert.Null(received.Queued);
    }

    private sealed class SlowStream(byte[] bytes, int bytesAtOnce) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(bytesAtOnce, buffer.Length)], cancellationToken);
    }
}
