using Azure.Messaging.ServiceBus;
using BelcoFunctions.Messaging;
using BelcoFunctions.Pipeline;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Receiving;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BelcoFunctions;

internal static class Program
{
    private static void Main(string[] args)
    {
        var builder = FunctionsApplication.CreateBuilder(args);
        builder.Services.AddPipeline(
            WebhookSettingsReader.Read(builder.Configuration, unsignedByDefault: false),
            Connections.Storage(builder.Configuration));
        builder.Services.AddSingleton<ServiceBusClient>(_ => Connections.ServiceBus(builder.Configuration));
        builder.Services.AddSingleton<IEventQueue, ServiceBusEventQueue>();
        builder.Services.AddSingleton<BatchSettler>();
        builder.Build().Run();
    }
}
