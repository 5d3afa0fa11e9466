using System.Globalization;
using BelcoFunctions.Testing.HttpContract;

namespace BelcoFunctions.Cli.Tests.Serve.Host;

/// <summary>HTTP/1.1 requests written byte by byte, valid or not.</summary>
internal static class RawHttp
{
    private const string PostLine = "POST /api/webhooks/belco";

    /// <summary>Posts to the webhook's route and reads the answer.</summary>
    /// <param name="address">The host.</param>
    /// <param name="headers">Header lines, such as the length of the body.</param>
    /// <param name="body">The body, with one packet for each item.</param>
    public static async Task<RawReply> PostAsync(Uri address, string headers, params IEnumerable<byte[]> body) =>
        RawReply.Parse(await ExchangeAsync(address, PostLine, headers, body, breakOff: false));

    /// <summary>Sends a request of the table.</summary>
    public static async Task<RawReply> SendAsync(Uri address, HttpCaseRequest request)
    {
        var framing = request.Framing switch
        {
            Framing.ContentLength => $"Content-Length: {request.Body.Length}\r\n",
            Framing.Chunked => "Transfer-Encoding: chunked\r\n",
            _ => "",
        };
        var headers = string.Concat(request.Headers.Select(header => $"{header.Name}: {header.Value}\r\n"));
        byte[][] body = request.Framing is Framing.Chunked ? [Chunk(request.Body), Chunk([])] : [request.Body];
        return RawReply.Parse(await ExchangeAsync(
            address, $"{request.Method} {request.Path}", framing + headers, body, breakOff: false));
    }

    /// <summary>Sends a request, closes the sending side after the body, and returns the answer, if any.</summary>
    public static async Task<RawReply?> BreakOffAsync(Uri address, string headers, byte[] body) =>
        await ExchangeAsync(address, PostLine, headers, [body], breakOff: true) is { Length: > 0 } text
            ? RawReply.Parse(text) : null;

    private static async Task<string> ExchangeAsync(
        Uri address, string methodAndPath, string headers, IEnumerable<byte[]> body, bool breakOff)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(address.Host, address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"{methodAndPath} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n"));
        try
        {
            foreach (var packet in body) await stream.WriteAsync(packet);
            if (breakOff) client.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // The server may answer and close before it has read everything.
        }

        return await ReadAnswerAsync(stream);
    }

    public static byte[] Chunk(ReadOnlySpan<byte> bytes) =>
        [.. Encoding.ASCII.GetBytes(bytes.Length.ToString("x", CultureInfo.InvariantCulture)), 13, 10, .. bytes, 13, 10];

    // Read to the end of the answer or of the connection. A server may wait for the rest of a body that it has refused.
    private static async Task<string> ReadAnswerAsync(NetworkStream stream)
    {
        var (text, buffer) = ("", new byte[4096]);
        try
        {
            while (!RawReply.IsWhole(text) && await stream.ReadAsync(buffer) is > 0 and var read)
            {
                text += Encoding.UTF8.GetString(buffer.AsSpan(0, read));
            }
        }
        catch (IOException)
        {
            // The server closed the connection with unread data. Its answer, if any, came before.
        }

        return text;
    }
}

/// <summary>An answer as read from the socket.</summary>
/// <param name="Status">The final status.</param>
/// <param name="ContentType">Empty if missing.</param> <param name="Body">The body.</param> <param name="RetryAfter">Null if
/// missing.</param>
/// <param name="Allow">Null where there is none.</param>
internal sealed record RawReply(HttpStatusCode Status, string ContentType, string Body, string? RetryAfter, string? Allow)
{
    /// <summary>See <see cref="HttpCaseAnswer.Privacy"/>.</summary>
    public string? Privacy { get; init; }

    private const string ContentLength = "Content-Length: ";

    /// <summary>Asserts an error with this status that explains the reason.</summary>
    public void ShouldBeProblem(int status)
    {
        Assert.Equal(((HttpStatusCode)status, "application/problem+json"), (Status, ContentType));
        var problem = JsonNode.Parse(Body)!;
        Assert.Equal(status, (int)problem["status"]!);
        Assert.NotEmpty((string)problem["detail"]!);
    }

    public static bool IsWhole(string text) =>
        text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is >= 0 and var end
        && text.IndexOf(ContentLength, StringComparison.Ordinal) is >= 0 and var length && length < end
        && Encoding.UTF8.GetByteCount(text[(end + 4)..])
            >= int.Parse(text[(length + ContentLength.Length)..text.IndexOf('\r', length)], CultureInfo.InvariantCulture);

    public static RawReply Parse(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var head = text[..end].Split("\r\n");
        var status = int.Parse(head[0].Split(' ')[1], CultureInfo.InvariantCulture);
        return new RawReply(
            (HttpStatusCode)status, Header("Content-Type") ?? "", text[(end + 4)..], Header("Retry-After"), Header("Allow"))
        {
            Privacy = HttpCaseAnswer.PrivacyOf(Header),
        };

        string? Header(string name) => head
            .FirstOrDefault(line => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))?[(name.Length + 2)..];
    }
}
