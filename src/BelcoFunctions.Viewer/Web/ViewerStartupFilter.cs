using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace BelcoFunctions.Viewer.Web;

/// <summary>Puts the viewer's protection before everything else that answers requests, the filter of the Host header included.
/// What is below <c>/api</c> is not the viewer's.</summary>
internal sealed class ViewerStartupFilter : IStartupFilter
{
    private const string ApiPath = "/api";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseWhen(
            http => !http.Request.Path.StartsWithSegments(ApiPath, StringComparison.OrdinalIgnoreCase),
            viewer => viewer.UseMiddleware<ViewerMiddleware>());
        next(app);
    };
}
