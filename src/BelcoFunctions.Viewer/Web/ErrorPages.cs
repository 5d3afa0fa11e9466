using BelcoFunctions.Reporting.Text;
using BelcoFunctions.Viewer.Shared.Repair;
using BelcoFunctions.Viewer.Shared.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BelcoFunctions.Viewer.Web;

/// <summary>The pages that say what went wrong, and what the user can do.</summary>
internal static class ErrorPages
{
    public static IResult NotFound() => Show(StatusCodes.Status404NotFound, "Page not found",
        "There is no page at this address.");

    /// <summary>There is nothing at this address, or it was removed.</summary>
    public static IResult NotFound(string title, string text) => Show(StatusCodes.Status404NotFound, title, text);

    /// <summary>A redrive or a replay that the host does not remember.</summary>
    /// <param name="kind">The kind of run: a redrive or a replay.</param>
    /// <param name="address">The address of the list with the remaining events.</param>
    /// <param name="label">The name of that list.</param>
    public static IResult RunNotKnown(string kind, string address, string label) => Show(
        StatusCodes.Status404NotFound, $"{kind} not known",
        $"belco remembers the last {RepairRun.MaxRuns} until it stops. No event is lost: what remains is in the list.",
        address, label);

    public static IResult LimitNotUnderstood(int greatest) => Show(StatusCodes.Status400BadRequest, "Limit not understood",
        $"The limit is not a whole number from 1 to {CountText.Format(greatest)}.");

    public static IResult AddressNotUnderstood() => Show(StatusCodes.Status400BadRequest, "Address not understood",
        "A part of this address is missing or wrong. Go to the list of shops, and follow the links from there.");

    public static IResult FormExpired() => Show(StatusCodes.Status400BadRequest, "Form expired",
        "belco was restarted after this page was loaded. Load the page again, and repeat what you did.");

    public static IResult Foreign() => Show(StatusCodes.Status403Forbidden, "Refused",
        "A page of another site made this request. Only pages of this viewer may do that.");

    public static IResult StoreUnavailable() => Show(StatusCodes.Status503ServiceUnavailable, "Storage not available",
        "The storage account did not answer. Check that it is running and that you can reach it, then load the page again.");

    public static IResult AnotherVersion(string reason) => Show(StatusCodes.Status503ServiceUnavailable,
        "Another version wrote the rows", VisibleText.OfLine(reason));

    public static IResult QueueUnavailable(string reason) => Show(StatusCodes.Status503ServiceUnavailable, "Queues not available",
        VisibleText.OfLine(reason));

    public static IResult RowDamaged(string reason) => Show(StatusCodes.Status500InternalServerError, "A row is damaged",
        $"{VisibleText.OfLine(reason)} If the row belongs to the list, run belco rebuild: it writes the row again from the "
        + "events.");

    public static IResult Failed() => Show(StatusCodes.Status500InternalServerError, "Something went wrong",
        "This is a bug in belco. Its log has the details.");

    /// <summary>An error, with a link to another page.</summary>
    public static IResult Show(
        int status, string title, string text, string address = "/", string label = "Shops") =>
        new RazorComponentResult<ErrorPage>(new { Title = title, Text = text, Address = address, Label = label })
        {
            StatusCode = status,
        };
}
