namespace BelcoFunctions.Testing.Storage;

/// <summary>What a request asks of the table service.</summary>
internal enum RequestKind { Transaction, PointRead, Query, Other }

internal static class Requests
{
    public static RequestKind Kind(this HttpRequestMessage request)
    {
        var path = Uri.UnescapeDataString(request.RequestUri!.AbsolutePath);
        if (path.EndsWith("/$batch", StringComparison.Ordinal)) return RequestKind.Transaction;
        if (request.Method != HttpMethod.Get) return RequestKind.Other;
        return path.Contains("(PartitionKey='", StringComparison.Ordinal) && path.Contains("',RowKey='", StringComparison.Ordinal)
            ? RequestKind.PointRead : RequestKind.Query;
    }

    public static bool IsTransaction(this HttpRequestMessage request) => request.Kind() is RequestKind.Transaction;

    public static byte[] Body(this HttpRequestMessage request)
    {
        using var body = new MemoryStream();
        request.Content?.CopyTo(body, context: null, CancellationToken.None);
        return body.ToArray();
    }
}
