using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using BelcoFunctions.Cli.Serve.Host;

namespace BelcoFunctions.Benchmarks.Serving;

/// <summary>One HTTP connection that sends prepared requests. A client that costs as much as the server would hide the
/// server's cost.</summary>
internal sealed class WebhookConnection : IDisposable
{
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] answer = new byte[16 * 1024];

    private WebhookConnection() { }

    public static async Task<WebhookConnection> OpenAsync(IPEndPoint server, CancellationToken cancellationToken)
    {
        var connection = new WebhookConnection();
        await connection.socket.ConnectAsync(server, cancellationToken);
        return connection;
    }

    /// <summary>A signed request, byte for byte.</summary>
    public static byte[] Request(byte[] body) =>
    [
        .. Encoding.ASCII.GetBytes(
            $"POST {ServeRoutes.Webhook} HTTP/1.1\r\nHost: localhost\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n"
            + $"{Webhooks.Settings.SignatureHeader}: {Webhooks.Sign(body)}\r\n\r\n"),
        .. body,
    ];

    /// <summary>Returns with the answer.</summary>
    /// <exception cref="InvalidOperationException">The answer is not 2xx.</exception>
    public async Task PostAsync(byte[] request, CancellationToken cancellationToken)
    {
        await socket.SendAsync(request, cancellationToken);
        for (var length = 0; ;)
        {
            var read = await socket.ReceiveAsync(answer.AsMemory(length), cancellationToken);
            if (read == 0) throw new InvalidOperationException("The server closed a connection.");
            length += read;
            if (IsWhole(answer.AsSpan(0, length))) return;
        }
    }

    public void Dispose() => socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var name = "Content-Length: "u8;
        var end = "\r\n\r\n"u8;
        if (answer.IndexOf(end) is not (>= 0 and var head)) return false;
        if (!answer.StartsWith("HTTP/1.1 2"u8))
            throw new InvalidOperationException($"A webhook was answered: {Encoding.UTF8.GetString(answer)}");
        var field = answer[(answer.IndexOf(name) + name.Length)..];
        var length = int.Parse(field[..field.IndexOf((byte)'\r')], NumberStyles.None, CultureInfo.InvariantCulture);
        return answer.Length == head + end.Length + length;
    }
}
