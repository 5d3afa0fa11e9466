using Azure.Core;
using Azure.Identity;
using BelcoFunctions.Pipeline.Settings;
using BelcoFunctions.Pipeline.Tables;
using Microsoft.Extensions.Configuration;

namespace BelcoFunctions;

/// <summary>Opens what the settings name, in the forms that the Functions runtime itself understands: a connection string, or
/// addresses and a managed identity. Else throws <see cref="SettingsException"/>.</summary>
internal static class Connections
{
    /// <summary>The setting that the queue triggers name too.</summary>
    public const string ServiceBusSetting = "ServiceBus";

    // A connection can die without a reset. The client notices when it has received nothing for this long, and opens another.
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(15);

    /// <summary>How the app talks to Service Bus.</summary>
    public static ServiceBusClientOptions Options => new()
    {
        ConnectionIdleTimeout = IdleTimeout,
        RetryOptions = { TryTimeout = QuickRetryPolicy.TryTimeout, CustomRetryPolicy = new QuickRetryPolicy() },
    };

    public static PipelineStorage Storage(IConfiguration configuration) => Open(configuration.GetSection("Storage"),
        connectionString => OverHttp(PipelineStorage.FromConnectionString(connectionString)),
        section => PipelineStorage.FromUris(
            new(section["tableServiceUri"]!), new(section["blobServiceUri"]!), Credential(section["clientId"])),
        "Storage__tableServiceUri and Storage__blobServiceUri to addresses that begin with https://");

    public static ServiceBusClient ServiceBus(IConfiguration configuration)
    {
        var section = configuration.GetSection(ServiceBusSetting);
        return Open(section,
            connectionString => new ServiceBusClient(OfNamespace(connectionString), Options),
            addresses => new ServiceBusClient(
                WithDomain(addresses["fullyQualifiedNamespace"]), Credential(addresses["clientId"]), Options),
            "ServiceBus__fullyQualifiedNamespace to a name like example.servicebus.windows.net");
    }

    /// <summary>The app's managed identity on Azure; on a developer's machine, whoever is signed in.</summary>
    public static TokenCredential Credential(string? clientId) => string.IsNullOrEmpty(clientId)
        ? new DefaultAzureCredential()
        : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId));

    // The clients accept some texts with which each call fails later.
    private static string OfNamespace(string connectionString)
    {
        var parts = ServiceBusConnectionStringProperties.Parse(connectionString);
        if (parts.EntityPath is not null)
        {
            throw new SettingsException(["ServiceBus is the connection string of one queue (EntityPath). "
                + "Set it to a connection string of the namespace."]);
        }

        var isEmulator = connectionString.Contains("UseDevelopmentEmulator=true", StringComparison.OrdinalIgnoreCase);
        if (!isEmulator) WithDomain(parts.FullyQualifiedNamespace);
        return connectionString;
    }

    // Of an endpoint without a name, the client takes the scheme for the name.
    private static string WithDomain(string? name) => name?.Contains('.') is true ? name
        : throw new FormatException("Not a fully qualified name.");

    // A token or a request would fail later, with a message that does not show them.
    private static IConfigurationSection Unwrapped(IConfigurationSection addresses) =>
        addresses.GetChildren().FirstOrDefault(each =>
            !string.IsNullOrWhiteSpace(each.Value) && SettingText.IsWrapped(each.Value)) is { } wrapped
            ? throw new SettingsException([$"{addresses.Key}__{wrapped.Key} has white space or quotes round it; remove them."])
            : addresses;

    private static T Unwrapped<T>(string text, Func<string, T> open)
    {
        var opened = open(text);
        // A quote at the end would be a part of the key.
        return SettingText.IsWrapped(text) ? throw new FormatException("White space or quotes round it.") : opened;
    }

    private static PipelineStorage OverHttp(PipelineStorage storage) =>
        storage is { Conversations.Client.Uri.Scheme: "http" or "https", Payloads.Uri.Scheme: "http" or "https" } ? storage
            : throw new FormatException("Not an address of a storage account.");

    // Creating a client connects to nothing, so an error is in the setting, whichever exception the SDK throws: for some texts
    // it is one that its parser did not foresee. Leave out the SDK's message: it may contain a key.
    private static T Open<T>(
        IConfigurationSection section, Func<string, T> fromText, Func<IConfigurationSection, T> fromAddresses, string addresses)
    {
        try
        {
            return section.Value is { Length: > 0 } text ? Unwrapped(text, fromText) : fromAddresses(Unwrapped(section));
        }
        catch (Exception exception) when (exception is not SettingsException)
        {
            throw new SettingsException(
                [$"{section.Key} is not set, or not understood; set it to a connection string, or {addresses}."]);
        }
    }
}
