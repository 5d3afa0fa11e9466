using BelcoFunctions.Reporting.Reading;
using BelcoFunctions.Viewer.Assets;
using BelcoFunctions.Viewer.Completeness;
using BelcoFunctions.Viewer.Conversations;
using BelcoFunctions.Viewer.Reports;
using BelcoFunctions.Viewer.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Viewer;

/// <summary>Adds the viewer to a host. The host must listen on loopback only, and filter the Host header.</summary>
public static class ViewerServices
{
    /// <summary>Adds the viewer's services. They need the library's services.</summary>
    public static IServiceCollection AddViewer(this IServiceCollection services, ViewerOptions options)
    {
        // Insert it first, so that the answers of the Host header's filter get the security headers too.
        services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, ViewerStartupFilter>());
        services.AddSingleton(options);
        services.AddSingleton<ArchiveReader>();
        services.AddSingleton<TranscriptReader>();
        services.AddSingleton<ReportReader>();
        services.AddSingleton(ReportPages.Limits);
        services.AddSingleton<ReportPages>();
        services.AddRazorComponents();
        // The tokens need not outlive the process. The cookie has another name in each process: otherwise, the cookies of two
        // belco on different ports of one machine would replace each other.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = $"belco-form-{Guid.NewGuid():N}"[..20];
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            // The Content-Security-Policy already forbids framing.
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        // Hide the warning of the data protection that the tokens do not outlive the process.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));
        return services;
    }

    /// <summary>Adds the pages that every host has.</summary>
    public static void MapViewer(this IEndpointRouteBuilder routes)
    {
        routes.MapConversations();
        routes.MapCompleteness();
        ReportPages.Map(routes);
        routes.MapGet(ViewerAssets.Route, ViewerAssets.Get);
        routes.MapPost(ThemeEndpoint.Path, ThemeEndpoint.KeepAsync);
    }
}
