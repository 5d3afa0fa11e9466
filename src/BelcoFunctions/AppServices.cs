using BelcoFunctions.Pipeline;
using BelcoFunctions.Pipeline.Receiving;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions;

/// <summary>Registers the app's services. Throws a <see cref="SettingsException"/> with all errors in the settings.</summary>
internal static class AppServices
{
    public static IServiceCollection AddApp(this IServiceCollection services, IConfiguration configuration)
    {
        List<string> errors = [];
        var settings = Read(() => WebhookSettingsReader.Read(configuration, unsignedByDefault: false));
        var storage = Read(() => Connections.Storage(configuration));
        var serviceBus = Read(() => Connections.ServiceBus(configuration));
        Read(() => services.AddTelemetry(configuration));
        return errors.Count == 0
            ? services.AddLogging(FilterLog).AddPipeline(settings!, storage!).AddServiceBus(serviceBus!)
            : throw new SettingsException(errors);

        // Report every mistake at once: a restart on Azure takes minutes.
        T? Read<T>(Func<T> read) where T : class
        {
            try
            {
                return read();
            }
            catch (SettingsException exception)
            {
                errors.AddRange(exception.Errors);
                return null;
            }
        }
    }

    // The worker's gRPC client to the host logs four Information lines for each message that is settled: about 3 GB a million
    // events.
    private static void FilterLog(ILoggingBuilder logging) => logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);

    public static IServiceCollection AddServiceBus(this IServiceCollection services, ServiceBusClient client) => services
        .AddSingleton(client)
        .AddSingleton<IEventQueue, ServiceBusEventQueue>()
        .AddSingleton<BatchSettler>()
        .AddSingleton<DeadLetterRedrive>()
        .AddSingleton<DeadLetterErasure>();
}
