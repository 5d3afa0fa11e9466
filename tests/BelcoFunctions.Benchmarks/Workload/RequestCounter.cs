using Azure.Core;
using Azure.Core.Pipeline;

namespace BelcoFunctions.Benchmarks.Workload;

/// <summary>Counts the requests to a table and their bytes. Each try counts.</summary>
internal sealed class RequestCounter : HttpPipelineSynchronousPolicy
{
    private readonly Lock gate = new();
    private RequestCounts counts;

    /// <summary>The requests since the last call.</summary>
    public RequestCounts Take()
    {
        lock (gate)
        {
            var taken = counts;
            counts = default;
            return taken;
        }
    }

    public override void OnReceivedResponse(HttpMessage message)
    {
        var request = message.Request;
        var uri = request.Uri.ToString();
        var sent = uri.Length + (request.Content is { } content && content.TryComputeLength(out var length) ? length : 0);
        var received = message.Response.ContentStream is { CanSeek: true } stream ? stream.Length : 0;
        var transaction = uri.Contains("$batch", StringComparison.Ordinal) ? 1 : 0;
        lock (gate)
        {
            counts = new(counts.Transactions + transaction, counts.Reads + 1 - transaction, counts.Bytes + sent + received);
        }
    }
}

/// <param name="Transactions">Entity-group transactions.</param>
/// <param name="Reads">Point reads, and pages of queries.</param>
/// <param name="Bytes">Bytes of URLs and bodies in both directions.</param>
internal readonly record struct RequestCounts(int Transactions, int Reads, long Bytes)
{
    public int Total => Transactions + Reads;

    public static RequestCounts operator -(RequestCounts later, RequestCounts earlier) => new(
        later.Transactions - earlier.Transactions, later.Reads - earlier.Reads, later.Bytes - earlier.Bytes);
}
