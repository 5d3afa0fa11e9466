using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace BelcoFunctions.Viewer.Web;

/// <summary>Runs the viewer's protection before everything else that answers requests, even before the filter of the Host
/// header. Paths below <c>/api</c> do not belong to the viewer.</summary>
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
