using BelcoFunctions.Connections;
using BelcoFunctions.DeadLetters;
using BelcoFunctions.Pipeline;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Pipeline.Settings;
using BelcoFunctions.ServiceBus;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions;

/// <summary>Registers the app's services. Throws a <see cref="SettingsException"/> with all errors in the settings.</summary>
internal static class AppServices
{
    public static IServiceCollection AddApp(this IServiceCollection services, IConfiguration configuration)
    {
        var errors = new SettingsErrors();
        var settings = errors.Read(() => WebhookSettingsReader.Read(configuration, unsignedByDefault: false));
        var retention = errors.Read(() => RetentionSettings.Read(configuration));
        var storage = errors.Read(() => StorageConnection.Open(configuration));
        var serviceBus = errors.Read(() => ServiceBusConnection.Open(configuration));
        errors.Read(() => services.AddTelemetry(configuration));
        errors.ThrowIfAny();
        return services.AddLogging(FilterLog).AddPipeline(settings!, storage!, retention).AddServiceBus(serviceBus!);
    }

    // The worker's gRPC client to the host logs four Information lines for each settled message: about 3 GB for a million
    // events.
    private static void FilterLog(ILoggingBuilder logging) => logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);

    public static IServiceCollection AddServiceBus(this IServiceCollection services, ServiceBusClient client) => services
        .AddSingleton(client)
        .AddSingleton<ServiceBusEventQueue>()
        .AddSingleton<IEventQueue>(provider => provider.GetRequiredService<ServiceBusEventQueue>())
        .AddHostedService<SenderOpening>()
        .AddSingleton<BatchSettler>()
        .AddSingleton<DeadLetterRedrive>()
        .AddSingleton<DeadLetterEraser>();
}
