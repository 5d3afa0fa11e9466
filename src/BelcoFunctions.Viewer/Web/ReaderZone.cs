using BelcoFunctions.Reporting.Time;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace BelcoFunctions.Viewer.Web;

/// <summary>The time zone of the reader, for what the server counts or writes in days and times. Only the browser knows it, so
/// the script stores it in a cookie. Without the script it is UTC, as on the pages.</summary>
internal static class ReaderZone
{
    /// <summary>The name of the cookie.</summary>
    public const string Cookie = "belco-time-zone";

    /// <summary>What the browser sent; empty if it sent nothing.</summary>
    public static string Sent(HttpRequest request) => request.Cookies[Cookie] ?? "";

    public static DateTimeZone Read(HttpRequest request) =>
        TimeZones.Find(Sent(request)).Zone ?? DateTimeZone.Utc;
}
