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

    // The receiver waits 5 s. One try must end earlier, so that there is time for a second.
    private static readonly ServiceBusClientOptions Options = new()
    {
        RetryOptions = { TryTimeout = TimeSpan.FromSeconds(4), MaxRetries = 1 },
    };

    public static PipelineStorage Storage(IConfiguration configuration) => Open(configuration.GetSection("Storage"),
        PipelineStorage.FromConnectionString,
        section => PipelineStorage.FromUris(
            new(section["tableServiceUri"]!), new(section["blobServiceUri"]!), Credential(section["clientId"])),
        "Storage__tableServiceUri and Storage__blobServiceUri to addresses that begin with https://");

    public static ServiceBusClient ServiceBus(IConfiguration configuration) => Open(configuration.GetSection(ServiceBusSetting),
        connectionString => new ServiceBusClient(connectionString, Options),
        section => new ServiceBusClient(section["fullyQualifiedNamespace"], Credential(section["clientId"]), Options),
        "ServiceBus__fullyQualifiedNamespace to a name like example.servicebus.windows.net");

    /// <summary>The app's managed identity on Azure; on a developer's machine, whoever is signed in.</summary>
    public static TokenCredential Credential(string? clientId) => string.IsNullOrEmpty(clientId)
        ? new DefaultAzureCredential()
        : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId));

    // Creating a client connects to nothing, so an error is in the setting. Leave out the SDK's message: it may contain a key.
    private static T Open<T>(
        IConfigurationSection section, Func<string, T> fromText, Func<IConfigurationSection, T> fromAddresses, string addresses)
    {
        try { return section.Value is { Length: > 0 } text ? fromText(text) : fromAddresses(section); }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new SettingsException(
                [$"{section.Key} is not set, or not understood; set it to a connection string, or {addresses}."]);
        }
    }
}
