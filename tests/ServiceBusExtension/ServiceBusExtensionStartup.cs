using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

[assembly: WorkerExtensionStartup(typeof(ServiceBusExtensionStartup))]

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Registers the client of the host's Settlement service, with an HTTP client that logs, as the real extension does. The
/// worker's SDK finds this class by the attribute.</summary>
public sealed class ServiceBusExtensionStartup : WorkerExtensionStartup
{
    public override void Configure(IFunctionsWorkerApplicationBuilder applicationBuilder) =>
        applicationBuilder.Services.AddGrpcClient<Settlement.SettlementClient>((services, client) =>
            client.Address = new Uri(services.GetRequiredService<IConfiguration>()["Functions:Worker:HostEndpoint"]!));
}
