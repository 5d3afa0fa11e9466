using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using BelcoFunctions.Benchmarks.Workload;
using BelcoFunctions.Local.Hosting;

namespace BelcoFunctions.Benchmarks.Serving;

/// <summary>Posts webhooks over some connections, one after another on each. It writes requests that were made beforehand to the
/// socket itself: a client that costs as much as the server would hide what the server costs.</summary>
internal static class LoadClient
{
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();

    /// <summary>Signed requests, byte for byte.</summary>
    /// <param name="first">The number of the first event.</param>
    /// <param name="count">How many.</param>
    public static byte[][] Requests(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(number => Request(Conversations.TenAtATime.Body(number)))];

    private static byte[] Request(byte[] body) =>
    [
        .. Encoding.ASCII.GetBytes(
            $"POST {LocalRoutes.Webhook} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n"
            + $"{Webhooks.Settings.SignatureHeader}: {Webhooks.Sign(body)}\r\n\r\n"),
        .. body,
    ];

    /// <summary>Posts all, and says how long each had to wait for its answer.</summary>
    /// <exception cref="InvalidOperationException">One was not answered with 2xx.</exception>
    public static async Task<LoadResult> PostAsync(IPEndPoint server, byte[][] requests, int connections, CancellationToken cancellationToken)
    {
        var (waits, next) = (new TimeSpan[requests.Length], -1);
        using var opened = new OpenConnections(await Task.WhenAll(
            Enumerable.Range(0, connections).Select(_ => ConnectAsync(server, cancellationToken))));
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(opened.Sockets.Select(socket => Task.Run(() => PostAsync(socket), cancellationToken)));
        return new LoadResult(Stopwatch.GetElapsedTime(started), waits);

        async Task PostAsync(Socket socket)
        {
            var answer = new byte[16 * 1024];
            for (int index; (index = Interlocked.Increment(ref next)) < requests.Length;)
            {
                var sent = Stopwatch.GetTimestamp();
                await socket.SendAsync(requests[index], cancellationToken);
                await ReadAnswerAsync(socket, answer, cancellationToken);
                waits[index] = Stopwatch.GetElapsedTime(sent);
            }
        }
    }

    private static async Task<Socket> ConnectAsync(IPEndPoint server, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server, cancellationToken);
        return socket;
    }

    private static async Task ReadAnswerAsync(Socket socket, byte[] buffer, CancellationToken cancellationToken)
    {
        for (var length = 0; ;)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0) throw new InvalidOperationException("The server closed a connection.");
            length += read;
            if (IsWhole(buffer.AsSpan(0, length))) return;
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        if (answer.IndexOf(EndOfHead) is not (>= 0 and var head)) return false;
        if (!answer.StartsWith("HTTP/1.1 2"u8)) throw new InvalidOperationException($"A webhook was answered: {Encoding.UTF8.GetString(answer)}");
        var name = "Content-Length: "u8;
        var field = answer[(answer.IndexOf(name) + name.Length)..];
        return int.Parse(field[..field.IndexOf((byte)'\r')]) == answer.Length - head - EndOfHead.Length;
    }

    private sealed class OpenConnections(Socket[] sockets) : IDisposable
    {
        public IReadOnlyList<Socket> Sockets => sockets;

        public void Dispose()
        {
            foreach (var socket in sockets) socket.Dispose();
        }
    }
}

/// <param name="Elapsed">From the first request to the last answer.</param>
/// <param name="Waits">For each request.</param>
internal sealed record LoadResult(TimeSpan Elapsed, IReadOnlyList<TimeSpan> Waits)
{
    public double PerSecond => Waits.Count / Elapsed.TotalSeconds;

    public double Milliseconds(double share) => Waits.Order().ElementAt((int)(share * (Waits.Count - 1))).TotalMilliseconds;
}
