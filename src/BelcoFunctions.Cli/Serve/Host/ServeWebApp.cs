using System.Diagnostics.Metrics;
using BelcoFunctions.Cli.Exporting;
using BelcoFunctions.Cli.Serve.Live;
using BelcoFunctions.Cli.Serve.Queue;
using BelcoFunctions.Cli.Serve.Repair;
using BelcoFunctions.Pipeline;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Pipeline.Tables;
using BelcoFunctions.Viewer;
using BelcoFunctions.Viewer.Conversations;
using BelcoFunctions.Viewer.DeadLetters;
using BelcoFunctions.Viewer.Live;
using BelcoFunctions.Viewer.Unprojected;
using BelcoFunctions.Viewer.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace BelcoFunctions.Cli.Serve.Host;

/// <summary>The library and the viewer behind Kestrel.</summary>
internal static class ServeWebApp
{
    public static WebApplication Build(
        ServeHostOptions options, PipelineStorage storage, SqliteQueue queue, ViewerOptions viewer)
    {
        var builder = LoopbackWebApp.CreateBuilder(options.Port, options.LogLevel, options.Log);
        AddServices(builder.Services, options, storage, queue);
        builder.Services.AddViewer(viewer).AddSingleton<IConversationExport, ListExport>();

        var app = builder.Build();
        app.UseHostFiltering();
        app.UseBrokenRequests();
        app.UseForeignRequests();
        app.MapPipeline();
        app.MapViewer();
        app.MapLive();
        app.MapDeadLetters();
        app.MapUnprojected();
        app.MapNotFound();
        // Created now, so that it counts from the start.
        app.Services.GetRequiredService<CounterTotals>();
        QueueGauges.Create(
            app.Services.GetRequiredService<IMeterFactory>(), queue, app.Services.GetRequiredService<TimeProvider>());
        return app;
    }

    private static void AddServices(
        IServiceCollection services, ServeHostOptions options, PipelineStorage storage, SqliteQueue queue)
    {
        services.AddPipeline(options.Webhook, storage, options.Retention);
        services.AddSingleton<IPayloadStore>(new LocalPayloadStore(new BlobPayloadStore(storage.Payloads), queue));
        services.AddSingleton(queue);
        services.AddSingleton<ILocalQueue>(queue);
        services.AddSingleton<IEventQueue>(queue);
        services.AddSingleton<IConversationMemory, ConversationMemory>();
        services.AddSingleton<CounterTotals>();
        services.AddSingleton(QueueConcurrency.OnThreads);
        services.AddHostedService<QueuePumps>();
        services.AddHostedService<QueueCleaning>();
        AddLive(services);
        AddRepair(services);
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<RetentionService>(
            provider, new BlobPayloadStore(storage.Payloads), options.DataFolder));
    }

    private static void AddRepair(IServiceCollection services)
    {
        services.AddDeadLetters();
        services.AddSingleton<RedriveRuns>();
        services.AddSingleton<LocalDeadLetters>();
        services.AddSingleton<IDeadLetters>(provider => provider.GetRequiredService<LocalDeadLetters>());
        services.AddSingleton<IRedriveRuns>(provider => provider.GetRequiredService<LocalDeadLetters>());
        services.AddUnprojected();
        services.AddSingleton<ReplayRuns>();
        services.AddSingleton<IReplayRuns>(provider => provider.GetRequiredService<ReplayRuns>());
        services.AddHostedService(provider => provider.GetRequiredService<ReplayRuns>());
    }

    private static void AddLive(IServiceCollection services)
    {
        services.AddSingleton<MinuteHistory>();
        services.AddSingleton<WebhookLog>();
        services.AddSingleton<IWebhookObserver>(provider => provider.GetRequiredService<WebhookLog>());
        services.AddSingleton<QueueReader>();
        services.AddSingleton<LiveActivity>();
        services.AddSingleton<ILiveActivity>(provider => provider.GetRequiredService<LiveActivity>());
        services.AddHostedService(provider => provider.GetRequiredService<LiveActivity>());
        services.AddLive();
    }
}
