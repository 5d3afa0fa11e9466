using Azure.Core;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using BelcoFunctions.Pipeline;
using BelcoFunctions.Pipeline.Receiving;
using Microsoft.Extensions.Configuration;

namespace BelcoFunctions;

/// <summary>Opens what the settings name, in the forms that the Functions runtime itself understands: a connection string, or
/// addresses and a managed identity.</summary>
internal static class Connections
{
    /// <summary>The setting that the queue triggers name too.</summary>
    public const string ServiceBusSetting = "ServiceBus";

    private const string StorageSetting = "Storage";

    /// <exception cref="SettingsException"/>
    public static PipelineStorage Storage(IConfiguration configuration)
    {
        if (configuration[StorageSetting] is { Length: > 0 } connectionString) return PipelineStorage.FromConnectionString(connectionString);
        var section = configuration.GetSection(StorageSetting);
        return Address(section["tableServiceUri"]) is { } tables && Address(section["blobServiceUri"]) is { } blobs
            ? PipelineStorage.FromUris(tables, blobs, Credential(section))
            : throw new SettingsException(
                ["Storage is not set; set it to a connection string, or Storage__tableServiceUri and Storage__blobServiceUri to addresses."]);
    }

    /// <exception cref="SettingsException"/>
    public static ServiceBusClient ServiceBus(IConfiguration configuration)
    {
        // The receiver waits 5 s; a try of its own must end before that, so that a second may follow.
        var options = new ServiceBusClientOptions { RetryOptions = { TryTimeout = TimeSpan.FromSeconds(4), MaxRetries = 1 } };
        if (configuration[ServiceBusSetting] is { Length: > 0 } connectionString) return new ServiceBusClient(connectionString, options);
        var section = configuration.GetSection(ServiceBusSetting);
        return section["fullyQualifiedNamespace"] is { Length: > 0 } name
            ? new ServiceBusClient(name, Credential(section), options)
            : throw new SettingsException(
                ["ServiceBus is not set; set it to a connection string, or ServiceBus__fullyQualifiedNamespace to a namespace."]);
    }

    private static Uri? Address(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : null;

    // The identity that the template made for the app; on a developer's machine, whoever is signed in.
    private static TokenCredential Credential(IConfigurationSection section) => section["clientId"] is { Length: > 0 } clientId
        ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId))
        : new DefaultAzureCredential();
}
