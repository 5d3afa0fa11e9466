using BelcoFunctions.Connections;
using BelcoFunctions.Pipeline.Settings;
using Microsoft.Extensions.Configuration;

namespace BelcoFunctions.ServiceBus;

/// <summary>Opens the namespace that the settings name.</summary>
internal static class ServiceBusConnection
{
    /// <summary>The setting that the queue triggers name too.</summary>
    public const string SettingName = "ServiceBus";

    // A connection can die without a reset. When the client has received nothing for this long, it opens another one.
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(15);

    /// <summary>How the app talks to Service Bus.</summary>
    public static ServiceBusClientOptions Options => new()
    {
        ConnectionIdleTimeout = IdleTimeout,
        RetryOptions = { TryTimeout = QuickRetryPolicy.TryTimeout, CustomRetryPolicy = new QuickRetryPolicy() },
    };

    /// <exception cref="SettingsException">The setting names no namespace.</exception>
    public static ServiceBusClient Open(IConfiguration configuration) => ConnectionSetting.Open(
        configuration.GetSection(SettingName),
        connectionString => new ServiceBusClient(RequireNamespace(connectionString), Options),
        addresses => new ServiceBusClient(RequireDomain(addresses["fullyQualifiedNamespace"]),
            ConnectionSetting.Credential(addresses["clientId"]), Options),
        "ServiceBus__fullyQualifiedNamespace to a name like example.servicebus.windows.net");

    // Check now: the client accepts some connection strings, but each call with them would fail later.
    private static string RequireNamespace(string connectionString)
    {
        var parts = ServiceBusConnectionStringProperties.Parse(connectionString);
        if (parts.EntityPath is not null)
        {
            throw new SettingsException(["ServiceBus is the connection string of one queue (EntityPath). "
                + "Set it to a connection string of the namespace."]);
        }

        var isEmulator = connectionString.Contains("UseDevelopmentEmulator=true", StringComparison.OrdinalIgnoreCase);
        if (!isEmulator) RequireDomain(parts.FullyQualifiedNamespace);
        return connectionString;
    }

    // If the endpoint has no name, the client uses the scheme as the name. A real name has a dot.
    private static string RequireDomain(string? name) => name?.Contains('.') is true ? name
        : throw new FormatException("Not a fully qualified name.");
}
