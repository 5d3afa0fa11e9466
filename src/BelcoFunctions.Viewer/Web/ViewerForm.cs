using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BelcoFunctions.Viewer.Web;

/// <summary>Reads a form that a page of the viewer sent.</summary>
internal static class ViewerForm
{
    // A field may be an address of the viewer, in which percent signs are encoded again.
    private const int MaxBytes = 128 * 1024;

    /// <summary>Null if it is none of ours: it has no valid token, is too large, or is no form.</summary>
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
            // The form is too large, or is none. Or its charset is one that .NET does not read.
            return false;
        }
    }
}
