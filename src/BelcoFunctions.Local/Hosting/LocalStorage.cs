using Azure;
using Azure.Identity;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Local.Hosting;

/// <summary>Opens a storage account, and says in a sentence why that cannot be done.</summary>
internal static class LocalStorage
{
    /// <summary>What <c>--storage</c> takes, for its description.</summary>
    public const string Forms =
        "a connection string, or https://<account>.table.core.windows.net to be opened by whoever is signed in to az";

    private const string TableHost = ".table.";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <exception cref="LocalHostException"/>
    public static Task<PipelineStorage> OpenAsync(string account, CancellationToken cancellationToken) =>
        Uri.TryCreate(account, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
            && address.Host.Contains(TableHost, StringComparison.OrdinalIgnoreCase)
            ? OpenAsync(address, cancellationToken)
            : OpenConnectionStringAsync(account, cancellationToken);

    // An account without keys, as the template makes it, has its tables and its container already.
    private static async Task<PipelineStorage> OpenAsync(Uri tableService, CancellationToken cancellationToken)
    {
        var blobService = new UriBuilder(tableService)
        {
            Host = tableService.Host.Replace(TableHost, ".blob.", StringComparison.OrdinalIgnoreCase),
        };
        try
        {
            var storage = PipelineStorage.FromUris(tableService, blobService.Uri, new AzureCliCredential());
            await storage.CheckTablesAsync(cancellationToken);
            return storage;
        }
        catch (AuthenticationFailedException exception)
        {
            throw new LocalHostException("Nobody is signed in to Azure on this machine; run az login, of the Azure CLI.", exception);
        }
        catch (RequestFailedException exception) when (exception.Status is 403)
        {
            throw new LocalHostException($"You may not use the tables of {tableService.Host}; the roles Storage Table Data Contributor and "
                + "Storage Blob Data Contributor let you, some minutes after they were assigned.", exception);
        }
        catch (RequestFailedException exception) when (exception.Status is 404)
        {
            throw new LocalHostException($"{tableService.Host} has not the tables of BelcoFunctions; check --storage.", exception);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw NoAnswer(exception);
        }
    }

    private static async Task<PipelineStorage> OpenConnectionStringAsync(string connectionString, CancellationToken cancellationToken)
    {
        try
        {
            var storage = PipelineStorage.FromConnectionString(connectionString);
            await storage.CreateIfNotExistsAsync(cancellationToken).WaitAsync(Timeout, cancellationToken);
            return storage;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new LocalHostException(
                $"--storage is not a storage account; give {Forms}. UseDevelopmentStorage=true is an Azurite that runs.", exception);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw NoAnswer(exception);
        }
    }

    private static LocalHostException NoAnswer(Exception exception) =>
        new("The storage account did not answer; check --storage and that the account can be reached from here.", exception);
}
