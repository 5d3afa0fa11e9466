using BelcoFunctions.Pipeline.Queueing;
using Microsoft.AspNetCore.Http;

namespace BelcoFunctions.Viewer.Web;

/// <summary>An event's bytes, as a download: a browser must not show them as a page.</summary>
internal static class RawDownload
{
    /// <param name="raw">The event; null if it was not found.</param>
    /// <param name="notFound">The answer if there are no bytes.</param>
    public static IResult From(RawEventResult? raw, IResult notFound) => raw is RawEventResult.Found found
        ? TypedResults.Bytes(found.Body, "application/octet-stream", "event.json") : notFound;
}
