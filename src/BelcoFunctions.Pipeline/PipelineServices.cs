using BelcoFunctions.Pipeline.Backups;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Http;
using BelcoFunctions.Pipeline.Importing;
using BelcoFunctions.Pipeline.Maintenance;
using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Pipeline.Queries.Search;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Pipeline.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BelcoFunctions.Pipeline;

/// <summary>Registers the library's services.</summary>
public static class PipelineServices
{
    /// <summary>Adds everything except the queue: the host adds its own <see cref="IEventQueue"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="settings">How webhooks are received.</param>
    /// <param name="storage">The tables and the blobs.</param>
    /// <param name="retention">When closed conversations are erased; null for never.</param>
    public static IServiceCollection AddPipeline(
        this IServiceCollection services, WebhookSettings settings, PipelineStorage storage, RetentionSettings? retention = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton(settings);
        services.AddSingleton(storage);
        services.AddSingleton<ReceivingMetrics>();
        services.AddSingleton<WebhookReceiver>();
        services.AddSingleton<IPayloadStore>(new BlobPayloadStore(storage.Payloads));
        services.AddSingleton<PayloadReader>();
        services.AddSingleton(provider => provider.GetRequiredService<PipelineStorage>().Conversations);
        services.AddSingleton<ProjectingMetrics>();
        services.AddSingleton<Projector>();
        services.AddSingleton<UnprojectedEventStore>();
        services.AddSingleton<DeliveryProcessor>();
        services.AddSingleton<ConversationRebuilder>();
        services.AddSingleton<UnprojectedEventReplay>();
        services.AddSingleton<Backup>();
        services.AddSingleton<Restore>();
        services.AddSingleton<ImportMarks>();
        services.AddSingleton<ItemImport>();
        services.AddSingleton<Import>();
        services.AddSingleton<StrayConversations>();
        services.AddSingleton<Eraser>();
        services.AddSingleton<ErasedDeadLetters>();
        services.AddSingleton(retention ?? new RetentionSettings());
        services.AddSingleton<RetentionMetrics>();
        services.AddSingleton<Retention>();
        services.AddSingleton<PipelineHealth>();
        services.AddSingleton<WebhookApi>();
        services.AddSingleton<ConversationApi>();
        services.AddSingleton<ConversationQueries>();
        services.AddSingleton<ConversationCounts>();
        services.AddSingleton<NameQueries>();
        services.AddSingleton<ShopQueries>();
        services.AddSingleton<ConversationSearch>();
        services.AddSingleton<CompletenessQueries>();
        services.AddSingleton<CompletenessMetrics>();
        services.AddSingleton<CompletenessCheck>();
        services.AddSingleton<ReportQueries>();
        services.AddSingleton<RawEventQuery>();
        services.AddSingleton<UnprojectedEventQuery>();
        services.AddSingleton<ExportQueries>();
        services.AddSingleton<CustomerArchive>();
        services.AddSingleton<HealthApi>();
        return services;
    }
}
