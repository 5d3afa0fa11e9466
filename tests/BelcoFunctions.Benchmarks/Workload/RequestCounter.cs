using Azure.Core;
using Azure.Core.Pipeline;

namespace BelcoFunctions.Benchmarks.Workload;

/// <summary>Counts and weighs what a table is asked, each try once.</summary>
internal sealed class RequestCounter : HttpPipelineSynchronousPolicy
{
    private readonly Lock gate = new();
    private RequestCounts counts;

    /// <summary>What was asked since the last time.</summary>
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
/// <param name="Bytes">Of URLs and bodies, both ways.</param>
internal readonly record struct RequestCounts(int Transactions, int Reads, long Bytes)
{
    public int Total => Transactions + Reads;

    public static RequestCounts operator -(RequestCounts later, RequestCounts earlier) => new(
        later.Transactions - earlier.Transactions, later.Reads - earlier.Reads, later.Bytes - earlier.Bytes);
}
