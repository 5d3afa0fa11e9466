using Microsoft.AspNetCore.Http;

namespace BelcoFunctions.Cli.Tests.Belco;

/// <summary>What <see cref="ScriptedBelco"/> answers.</summary>
internal static class Answers
{
    public static RequestDelegate Json(string json, string? date = null) => Bytes(Encoding.UTF8.GetBytes(json), date: date);

    public static RequestDelegate Bytes(byte[] body, string type = "application/json", int status = 200, string? date = null) =>
        async http =>
        {
            (http.Response.StatusCode, http.Response.ContentType) = (status, type);
            if (date is not null) http.Response.Headers.Date = date;
            await http.Response.Body.WriteAsync(body);
        };

    /// <summary>An error page, with a header if one is given.</summary>
    public static RequestDelegate Status(int status, string? header = null, string value = "") => http =>
    {
        if (header is not null) http.Response.Headers[header] = value;
        return Bytes("<html>secret-page</html>"u8.ToArray(), "text/html", status)(http);
    };

    /// <summary>Cuts the connection before it answers.</summary>
    public static Task Nothing(HttpContext http)
    {
        http.Abort();
        return Task.CompletedTask;
    }

    /// <summary>Sends the head and the begin of an answer, and cuts the connection.</summary>
    public static async Task Half(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync("""{"conversations":[""");
        await http.Response.Body.FlushAsync();
        http.Abort();
    }

    /// <summary>Answers nothing until the client hangs up.</summary>
    public static Task Silence(HttpContext http) => Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(
        _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
