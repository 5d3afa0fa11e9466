using BelcoFunctions.Reporting.Reading;
using BelcoFunctions.Viewer.Archive;
using BelcoFunctions.Viewer.Repair;
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

/// <summary>Adds the viewer to a host. The host listens on loopback only and filters the Host header.</summary>
public static class ViewerServices
{
    /// <summary>Adds the viewer's services, over those of the library.</summary>
    public static IServiceCollection AddViewer(this IServiceCollection services, ViewerOptions options)
    {
        // The first of all, so that what filters the Host header gets the headers too.
        services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, ViewerStartupFilter>());
        services.AddSingleton(options);
        services.AddSingleton<ArchiveReader>();
        services.AddSingleton<ReportReader>();
        services.AddSingleton(ReportPages.Limits);
        services.AddSingleton<ReportPages>();
        services.AddRazorComponents();
        // The tokens need not outlive the process. A name of its own for each process: the cookies of two belco on two ports of
        // one machine would replace each other.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = $"belco-form-{Guid.NewGuid():N}"[..20];
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            // The Content-Security-Policy says the same and more.
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        // It warns that the tokens do not outlive the process.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));
        return services;
    }

    /// <summary>Adds the pages.</summary>
    public static void MapViewer(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", PageEndpoints.ShopsAsync);
        routes.MapGet(ListAddress.ListPath, PageEndpoints.ConversationsAsync);
        routes.MapGet(ListAddress.ConversationPath, PageEndpoints.ConversationAsync);
        routes.MapGet(ListAddress.EventPath, PageEndpoints.EventAsync);
        routes.MapGet(ListAddress.RawEventPath, PageEndpoints.RawEventAsync);
        routes.MapGet(ReportAddress.ReportPath, (HttpContext http, ReportPages reports) => reports.ReportAsync(http));
        routes.MapGet(ReportAddress.ConversationsPath,
            (HttpContext http, ReportPages reports) => reports.ConversationsAsync(http));
        routes.MapGet(ViewerAssets.Route, ViewerAssets.Get);
        routes.MapPost(ThemeEndpoint.Path, ThemeEndpoint.KeepAsync);
    }

    /// <summary>Adds the services of the pages that repair. The host adds its own <see cref="IDeadLetterRepair"/> and
    /// <see cref="IReplayRuns"/>.</summary>
    public static IServiceCollection AddRepair(this IServiceCollection services)
    {
        services.AddSingleton<UnprojectedReader>();
        services.AddSingleton(new ViewerSection(DeadLetterAddress.Overview, "Dead letters"));
        services.AddSingleton(new ViewerSection(UnprojectedAddress.Overview, "Unprojected"));
        return services;
    }

    /// <summary>Adds the pages that repair: dead letters and unprojected events.</summary>
    public static void MapRepair(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(DeadLetterAddress.Overview, DeadLetterEndpoints.Overview);
        routes.MapGet(DeadLetterAddress.GroupPath, DeadLetterEndpoints.Group);
        routes.MapGet(DeadLetterAddress.LetterPath, DeadLetterEndpoints.LetterAsync);
        routes.MapGet(DeadLetterAddress.RawPath, DeadLetterEndpoints.RawAsync);
        routes.MapGet(DeadLetterAddress.RedrivePath, DeadLetterEndpoints.Ask);
        routes.MapPost(DeadLetterAddress.RedrivePath, DeadLetterEndpoints.RedriveAsync);
        routes.MapGet(DeadLetterAddress.RunPath, DeadLetterEndpoints.Run);
        routes.MapGet(UnprojectedAddress.Overview, UnprojectedEndpoints.OverviewAsync);
        routes.MapGet(UnprojectedAddress.GroupPath, UnprojectedEndpoints.GroupAsync);
        routes.MapGet(UnprojectedAddress.EventPath, UnprojectedEndpoints.EventAsync);
        routes.MapGet(UnprojectedAddress.RawPath, UnprojectedEndpoints.RawAsync);
        routes.MapGet(UnprojectedAddress.ReplayPath, UnprojectedEndpoints.AskAsync);
        routes.MapPost(UnprojectedAddress.ReplayPath, UnprojectedEndpoints.ReplayAsync);
        routes.MapGet(UnprojectedAddress.RunPath, UnprojectedEndpoints.Run);
    }
}
