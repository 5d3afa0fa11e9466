using BelcoFunctions.Viewer.Web;
using Microsoft.AspNetCore.Http;

namespace BelcoFunctions.Viewer.DeadLetters;

/// <summary>The answers for a dead letter or a redrive that does not exist.</summary>
internal static class DeadLetterErrors
{
    public static IResult DeadLetterNotFound() => ErrorPages.NotFound("Dead letter not found",
        "It was redriven or erased, or there never was one with this number.");

    public static IResult RedriveNotKnown() =>
        ErrorPages.RunNotKnown("Redrive", DeadLetterAddress.Overview, "Dead letters");
}
