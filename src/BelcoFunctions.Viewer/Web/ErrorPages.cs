using BelcoFunctions.Viewer.Pages;
using BelcoFunctions.Viewer.Repair;
using BelcoFunctions.Viewer.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BelcoFunctions.Viewer.Web;

/// <summary>The pages that say what went wrong, and what to do.</summary>
internal static class ErrorPages
{
    private static readonly string RunNotKnown =
        $"belco remembers the last {RepairRun.MaxRuns} until it stops. No event is lost: what is left is in the list.";

    public static IResult NotFound() => Of(StatusCodes.Status404NotFound, "Page not found",
        "There is no page at this address.");

    public static IResult ConversationNotFound() => Of(StatusCodes.Status404NotFound, "Conversation not found",
        "No event of this conversation has been projected in this shop, or its address is from another list.");

    public static IResult EventNotFound() => Of(StatusCodes.Status404NotFound, "Event not found",
        "The timeline of this conversation has no such event.");

    public static IResult DeadLetterNotFound() => Of(StatusCodes.Status404NotFound, "Dead letter not found",
        "It was redriven or erased, or there never was one with this number.");

    public static IResult UnprojectedEventNotFound() => Of(StatusCodes.Status404NotFound, "Event not found",
        "It was replayed or erased, or there never was an unprojected event like this.");

    public static IResult RedriveNotKnown() => Of(StatusCodes.Status404NotFound, "Redrive not known", RunNotKnown,
        DeadLetterAddress.Overview, "Dead letters");

    public static IResult ReplayNotKnown() => Of(StatusCodes.Status404NotFound, "Replay not known", RunNotKnown,
        UnprojectedAddress.Overview, "Unprojected events");

    public static IResult ReplayRuns(Guid run) => Of(StatusCodes.Status409Conflict, "Another replay is running",
        "belco runs one replay at a time. Nothing was started. Wait until it is done, then try again.",
        UnprojectedAddress.Run(run), "See how far it is");

    public static IResult LimitNotUnderstood(int greatest) => Of(StatusCodes.Status400BadRequest, "Limit not understood",
        $"The limit is not a whole number from 1 to {Counted.Number(greatest)}.");

    public static IResult AddressNotUnderstood() => Of(StatusCodes.Status400BadRequest, "Address not understood",
        "A part of this address is missing or wrong. Go to the list of shops, and follow the links from there.");

    public static IResult FormExpired() => Of(StatusCodes.Status400BadRequest, "Form expired",
        "belco was restarted after this page was loaded. Load the page again, and repeat what you did.");

    public static IResult Foreign() => Of(StatusCodes.Status403Forbidden, "Refused",
        "A page of another site made this request. Only pages of this viewer may do that.");

    public static IResult StoreUnavailable() => Of(StatusCodes.Status503ServiceUnavailable, "Storage not available",
        "The storage account did not answer. Check that it is running and that you can reach it, then load the page again.");

    public static IResult AnotherVersion(string reason) => Of(StatusCodes.Status503ServiceUnavailable,
        "Another version wrote the rows", VisibleText.OfLine(reason));

    public static IResult QueueUnavailable(string reason) => Of(StatusCodes.Status503ServiceUnavailable, "Queues not available",
        VisibleText.OfLine(reason));

    public static IResult RowDamaged(string reason) => Of(StatusCodes.Status500InternalServerError, "A row is damaged",
        $"{VisibleText.OfLine(reason)} If it is a row of the list, belco rebuild writes it again from the events.");

    public static IResult Failed() => Of(StatusCodes.Status500InternalServerError, "Something went wrong",
        "This is a mistake in belco. Its log has the details.");

    private static RazorComponentResult<ErrorPage> Of(
        int status, string title, string text, string address = "/", string label = "Shops") =>
        new(new { Title = title, Text = text, Address = address, Label = label }) { StatusCode = status };
}
