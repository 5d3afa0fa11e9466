using BelcoFunctions.Pipeline;
using BelcoFunctions.Pipeline.Receiving;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BelcoFunctions;

/// <summary>Puts the app together, or says in a <see cref="SettingsException"/> why it cannot start.</summary>
internal static class AppServices
{
    public static IServiceCollection AddApp(this IServiceCollection services, IConfiguration configuration)
    {
        List<string> mistakes = [];
        var settings = Read(() => WebhookSettingsReader.Read(configuration, unsignedByDefault: false));
        var storage = Read(() => Connections.Storage(configuration));
        var serviceBus = Read(() => Connections.ServiceBus(configuration));
        Read(() => services.AddTelemetry(configuration));
        return mistakes.Count == 0
            ? services.AddPipeline(settings!, storage!).AddServiceBus(serviceBus!)
            : throw new SettingsException(mistakes);

        // Whoever has to mend three settings is to be told of all three: on Azure each start takes minutes.
        T? Read<T>(Func<T> read) where T : class
        {
            try
            {
                return read();
            }
            catch (SettingsException exception)
            {
                mistakes.AddRange(exception.Mistakes);
                return null;
            }
        }
    }

    public static IServiceCollection AddServiceBus(this IServiceCollection services, ServiceBusClient client) => services
        .AddSingleton(client)
        .AddSingleton<IEventQueue, ServiceBusEventQueue>()
        .AddSingleton<BatchSettler>()
        .AddSingleton<DeadLetterRedrive>();
}
