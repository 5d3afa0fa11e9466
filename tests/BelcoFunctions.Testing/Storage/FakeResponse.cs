using System.Net;
using System.Text;

namespace BelcoFunctions.Testing.Storage;

/// <summary>Errors in the format of the storage services.</summary>
internal static class FakeResponse
{
    /// <summary>The request as a whole failed.</summary>
    public static HttpResponseMessage Error(int status, string code) => new((HttpStatusCode)status)
    {
        Content = new StringContent(ErrorBody(code, "It failed."), Encoding.UTF8, "application/json"),
    };

    /// <summary>The same for the blob service.</summary>
    public static HttpResponseMessage BlobError(int status, string code) => new((HttpStatusCode)status)
    {
        Content = new StringContent(
            $"<Error><Code>{code}</Code><Message>It failed.</Message></Error>", Encoding.UTF8, "application/xml"),
    };

    /// <summary>A transaction failed because of one action.</summary>
    public static HttpResponseMessage FailedAction(int index, int status, string code)
    {
        var content = new StringContent($"""
            --batchresponse_1
            Content-Type: multipart/mixed; boundary=changesetresponse_1

            --changesetresponse_1
            Content-Type: application/http
            Content-Transfer-Encoding: binary

            HTTP/1.1 {status} {(HttpStatusCode)status}
            Content-Type: application/json

            {ErrorBody(code, $"{index}:It failed.")}
            --changesetresponse_1--
            --batchresponse_1--

            """.ReplaceLineEndings("\r\n"));
        content.Headers.ContentType = new("multipart/mixed") { Parameters = { new("boundary", "batchresponse_1") } };
        return new HttpResponseMessage(HttpStatusCode.Accepted) { Content = content };
    }

    private static string ErrorBody(string code, string message) => new JsonObject
    {
        ["odata.error"] = new JsonObject
        {
            ["code"] = code,
            ["message"] = new JsonObject { ["lang"] = "en-US", ["value"] = message },
        },
    }.ToJsonString();
}
