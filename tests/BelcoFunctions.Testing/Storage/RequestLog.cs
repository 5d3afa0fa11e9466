using System.Collections.Concurrent;
using System.Text;

namespace BelcoFunctions.Testing.Storage;

/// <summary>Counts the sent requests and their bytes.</summary>
internal sealed class RequestLog : Interceptor
{
    private readonly ConcurrentQueue<(RequestKind Kind, int Size, int Rows)> requests = [];

    public int PointReads => Count(RequestKind.PointRead);

    public int Transactions => Count(RequestKind.Transaction);

    public int Queries => Count(RequestKind.Query);

    public int Total => requests.Count;

    /// <summary>Bytes of each transaction's body.</summary>
    public IEnumerable<int> TransactionSizes =>
        requests.Where(request => request.Kind is RequestKind.Transaction).Select(request => request.Size);

    /// <summary>Rows that the transactions write or delete.</summary>
    public int TransactionRows => requests.Where(request => request.Kind is RequestKind.Transaction).Sum(request => request.Rows);

    public void Clear() => requests.Clear();

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, Func<Task<HttpResponseMessage>> goOn)
    {
        var body = request.Body();
        var rows = Encoding.UTF8.GetString(body).Split("Content-Type: application/http").Length - 1;
        requests.Enqueue((request.Kind(), body.Length, rows));
        return goOn();
    }

    private int Count(RequestKind kind) => requests.Count(request => request.Kind == kind);
}
