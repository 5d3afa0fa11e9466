using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Azure.Core.Pipeline;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>Sends only read requests to a storage account, and treats a missing table or container as empty.</summary>
/// <param name="missing">Called once for each missing table or container, with the account's host and a text such as <c>table
/// Conversations</c>. </param>
public sealed class ReadOnlyTransport(Action<string, string> missing) : HttpClientTransport(new Handler(missing))
{
    private sealed class Handler(Action<string, string> missing) : DelegatingHandler(Network())
    {
        private const string ErrorCode = "x-ms-error-code";
        private const string ContainerNotFound = "ContainerNotFound";
        private const string EmptyTable = """{"value":[]}""";
        private const string EmptyContainer =
            """<?xml version="1.0" encoding="utf-8"?><EnumerationResults><Blobs /><NextMarker /></EnumerationResults>""";

        private readonly ConcurrentDictionary<string, bool> reported = new();

        /// <exception cref="NotSupportedException">The request would write.</exception>
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method != HttpMethod.Get && request.Method != HttpMethod.Head)
            {
                throw new NotSupportedException("The storage account is open for reading only.");
            }

            var response = await base.SendAsync(request, cancellationToken);
            if (response.StatusCode is not HttpStatusCode.NotFound) return response;
            var address = request.RequestUri!;
            var last = address.Segments[^1];
            // Only a missing table answers a query with 404. A request for one row of that table gets the same answer as for
            // any missing row.
            if (last.EndsWith("()", StringComparison.Ordinal))
            {
                Report(address, $"table {last[..^2]}");
                return Replace(response, EmptyTable, "application/json");
            }

            if (!response.Headers.TryGetValues(ErrorCode, out var codes) || !codes.Contains(ContainerNotFound)) return response;
            var isList = address.Query.Contains("comp=list", StringComparison.Ordinal);
            Report(address, $"container {(isList ? last : address.Segments[^2].TrimEnd('/'))}");
            return isList ? Replace(response, EmptyContainer, "application/xml") : OfMissingBlob(response);
        }

        // Like the SDK's own transport.
        private static SocketsHttpHandler Network() => new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };

        private void Report(Uri address, string what)
        {
            if (reported.TryAdd(what, true)) missing(address.Host, what);
        }

        private static HttpResponseMessage Replace(HttpResponseMessage response, string body, string mediaType)
        {
            response.StatusCode = HttpStatusCode.OK;
            response.Headers.Remove(ErrorCode);
            response.Content.Dispose();
            response.Content = new StringContent(body, Encoding.UTF8, mediaType);
            return response;
        }

        private static HttpResponseMessage OfMissingBlob(HttpResponseMessage response)
        {
            response.Headers.Remove(ErrorCode);
            response.Headers.Add(ErrorCode, "BlobNotFound");
            response.Content.Dispose();
            response.Content = null;
            return response;
        }
    }
}
