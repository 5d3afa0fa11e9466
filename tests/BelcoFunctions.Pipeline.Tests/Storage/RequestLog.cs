using System.Collections.Concurrent;

namespace BelcoFunctions.Pipeline.Tests.Storage;

/// <summary>Counts and weighs the requests that go out.</summary>
internal sealed class RequestLog : Interference
{
    private readonly ConcurrentQueue<(RequestKind Kind, int Size)> requests = [];

    public int PointReads => Count(RequestKind.PointRead);

    public int Transactions => Count(RequestKind.Transaction);

    public int Queries => Count(RequestKind.Query);

    public int Total => requests.Count;

    /// <summary>Bytes of each transaction's body.</summary>
    public IEnumerable<int> TransactionSizes =>
        requests.Where(request => request.Kind is RequestKind.Transaction).Select(request => request.Size);

    public void Clear() => requests.Clear();

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, Func<Task<HttpResponseMessage>> goOn)
    {
        requests.Enqueue((request.Kind(), request.Body().Length));
        return goOn();
    }

    private int Count(RequestKind kind) => requests.Count(request => request.Kind == kind);
}
