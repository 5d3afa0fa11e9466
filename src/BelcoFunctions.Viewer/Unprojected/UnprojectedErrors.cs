using BelcoFunctions.Viewer.Web;
using Microsoft.AspNetCore.Http;

namespace BelcoFunctions.Viewer.Unprojected;

/// <summary>The answers for an unprojected event or a replay that does not exist, and for a replay that cannot begin.</summary>
internal static class UnprojectedErrors
{
    public static IResult EventNotFound() => ErrorPages.NotFound("Event not found",
        "It was replayed or erased, or there never was an unprojected event like this.");

    public static IResult ReplayNotKnown() =>
        ErrorPages.RunNotKnown("Replay", UnprojectedAddress.Overview, "Unprojected events");

    public static IResult AnotherIsRunning(Guid run) => ErrorPages.Show(
        StatusCodes.Status409Conflict, "Another replay is running",
        "belco runs one replay at a time. Nothing was started. Wait until it is done, then try again.",
        UnprojectedAddress.Run(run), "Show its progress");
}
