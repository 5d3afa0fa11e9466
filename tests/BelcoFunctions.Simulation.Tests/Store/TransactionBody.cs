using System.Text;

namespace BelcoFunctions.Simulation.Tests.Store;

/// <summary>The body of an entity-group transaction, as the SDK writes it: parts with one request each.</summary>
internal static class TransactionBody
{
    private static readonly string[] Methods = ["POST ", "PUT ", "PATCH ", "MERGE ", "DELETE "];

    public static List<StoreRequest> Read(ReadOnlyMemory<byte> body)
    {
        List<StoreRequest> requests = [];
        var position = 0;
        while (TryReadLine(body, ref position, out var line))
        {
            var text = Encoding.UTF8.GetString(line.Span);
            if (!text.EndsWith(" HTTP/1.1", StringComparison.Ordinal)
                || !Methods.Any(method => text.StartsWith(method, StringComparison.Ordinal))) continue;
            var parts = text.Split(' ');
            var headers = new HeaderList();
            while (TryReadLine(body, ref position, out var header) && header.Length > 0)
            {
                var pair = Encoding.UTF8.GetString(header.Span).Split(": ", 2);
                headers.Add(pair[0], pair[1]);
            }

            // The SDK writes JSON without line breaks, so one line is the whole content.
            var start = position;
            TryReadLine(body, ref position, out var content);
            if (content.Span.StartsWith("--"u8)) (content, position) = (default, start);
            var address = new Uri(parts[1]);
            requests.Add(new StoreRequest(parts[0], address.AbsolutePath, address.Query, name => headers[name], content));
        }

        return requests;
    }

    private static bool TryReadLine(ReadOnlyMemory<byte> body, ref int position, out ReadOnlyMemory<byte> line)
    {
        line = default;
        if (position >= body.Length) return false;
        var rest = body[position..];
        var end = rest.Span.IndexOf("\r\n"u8);
        line = end < 0 ? rest : rest[..end];
        position += end < 0 ? rest.Length : end + 2;
        return true;
    }
}
