using Azure.Core;
using Azure.Identity;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Pipeline.Tables;
using Microsoft.Extensions.Configuration;

namespace BelcoFunctions;

/// <summary>Opens what the settings name, in the forms that the Functions runtime itself understands: a connection string, or
/// addresses and a managed identity. Else throws <see cref="SettingsException"/>.</summary>
internal static class Connections
{
    /// <summary>The setting that the queue triggers name too.</summary>
    public const string ServiceBusSetting = "ServiceBus";

    // Webhooks wait at most 5 s for the queue. A try that gets no answer takes 4 s of these, so that it ends with a reason, and
    // leaves no time for another. A try that fails at once, as on a connection that was closed, is repeated after about 0.1 s:
    // the client doubles the delay.
    private static readonly ServiceBusRetryOptions Retry = new()
    {
        TryTimeout = TimeSpan.FromSeconds(4),
        MaxRetries = 1,
        Delay = TimeSpan.FromMilliseconds(50),
    };

    // A connection can die without a reset. The client notices when it has received nothing for this long, and opens another.
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(15);

    private static ServiceBusClientOptions Options => new() { RetryOptions = Retry, ConnectionIdleTimeout = IdleTimeout };

    public static PipelineStorage Storage(IConfiguration configuration) => Open(configuration.GetSection("Storage"),
        PipelineStorage.FromConnectionString,
        section => PipelineStorage.FromUris(
            new(section["tableServiceUri"]!), new(section["blobServiceUri"]!), Credential(section["clientId"])),
        "Storage__tableServiceUri and Storage__blobServiceUri to addresses that begin with https://");

    public static ServiceBusClient ServiceBus(IConfiguration configuration)
    {
        var section = configuration.GetSection(ServiceBusSetting);
        return Open(section,
            connectionString => new ServiceBusClient(WithoutQueue(connectionString), Options),
            addresses => new ServiceBusClient(
                addresses["fullyQualifiedNamespace"], Credential(addresses["clientId"]), Options),
            "ServiceBus__fullyQualifiedNamespace to a name like example.servicebus.windows.net");
    }

    /// <summary>The app's managed identity on Azure; on a developer's machine, whoever is signed in.</summary>
    public static TokenCredential Credential(string? clientId) => string.IsNullOrEmpty(clientId)
        ? new DefaultAzureCredential()
        : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId));

    // A connection string of one queue opens a client, which then fails at each other queue.
    private static string WithoutQueue(string connectionString) =>
        ServiceBusConnectionStringProperties.Parse(connectionString).EntityPath is null ? connectionString
            : throw new SettingsException(["ServiceBus is the connection string of one queue (EntityPath). "
                + "Set it to a connection string of the namespace."]);

    // Creating a client connects to nothing, so an error is in the setting, whichever exception the SDK throws: for some texts
    // it is one that its parser did not foresee. Leave out the SDK's message: it may contain a key.
    private static T Open<T>(
        IConfigurationSection section, Func<string, T> fromText, Func<IConfigurationSection, T> fromAddresses, string addresses)
    {
        try { return section.Value is { Length: > 0 } text ? fromText(text) : fromAddresses(section); }
        catch (Exception exception) when (exception is not SettingsException)
        {
            throw new SettingsException(
                [$"{section.Key} is not set, or not understood; set it to a connection string, or {addresses}."]);
        }
    }
}
