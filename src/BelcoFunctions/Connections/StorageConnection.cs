using BelcoFunctions.Pipeline.Tables;
using Microsoft.Extensions.Configuration;

namespace BelcoFunctions.Connections;

/// <summary>Opens the storage account that the settings name.</summary>
internal static class StorageConnection
{
    /// <exception cref="SettingsException">The setting names no storage account.</exception>
    public static PipelineStorage Open(IConfiguration configuration) => ConnectionSetting.Open(
        configuration.GetSection("Storage"),
        connectionString => RequireHttp(PipelineStorage.FromConnectionString(connectionString)),
        addresses => PipelineStorage.FromUris(new(addresses["tableServiceUri"]!), new(addresses["blobServiceUri"]!),
            ConnectionSetting.Credential(addresses["clientId"])),
        "Storage__tableServiceUri and Storage__blobServiceUri to addresses that begin with https://");

    private static PipelineStorage RequireHttp(PipelineStorage storage) =>
        storage is { Conversations.Client.Uri.Scheme: "http" or "https", Payloads.Uri.Scheme: "http" or "https" } ? storage
            : throw new FormatException("Not an address of a storage account.");
}
