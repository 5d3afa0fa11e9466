using BelcoFunctions.Pipeline;
using BelcoFunctions.Pipeline.Receiving;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BelcoFunctions;

/// <summary>Puts the app together, or says in a <see cref="SettingsException"/> why it cannot start.</summary>
internal static class AppServices
{
    public static IServiceCollection AddApp(this IServiceCollection services, IConfiguration configuration) => services
        .AddPipeline(WebhookSettingsReader.Read(configuration, unsignedByDefault: false), Connections.Storage(configuration))
        .AddServiceBus(Connections.ServiceBus(configuration))
        .AddTelemetry(configuration);

    public static IServiceCollection AddServiceBus(this IServiceCollection services, ServiceBusClient client) => services
        .AddSingleton(client)
        .AddSingleton<IEventQueue, ServiceBusEventQueue>()
        .AddSingleton<BatchSettler>()
        .AddSingleton<DeadLetterRedrive>();
}
