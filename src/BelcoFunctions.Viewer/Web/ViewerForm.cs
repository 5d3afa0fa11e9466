using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BelcoFunctions.Viewer.Web;

/// <summary>Reads a form that a page of the viewer sent.</summary>
internal static class ViewerForm
{
    // Large, because a field may be an address of the viewer, whose percent signs are encoded again.
    private const int MaxBytes = 128 * 1024;

    /// <summary>Returns null if the request has no valid token, is too large, or is not a form.</summary>
    public static async Task<IFormCollection?> ReadAsync(HttpContext http, IAntiforgery antiforgery)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBytes;
        }

        return http.Request.HasFormContentType && await IsValidAsync(http, antiforgery)
            ? await http.Request.ReadFormAsync(http.RequestAborted) : null;
    }

    private static async Task<bool> IsValidAsync(HttpContext http, IAntiforgery antiforgery)
    {
        try
        {
            return await antiforgery.IsRequestValidAsync(http);
        }
        catch (Exception exception) when (exception is AntiforgeryValidationException or NotSupportedException)
        {
            // The form is too large, it is not a form, or .NET does not know its charset.
            return false;
        }
    }
}
