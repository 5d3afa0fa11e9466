using Azure;
using Azure.Identity;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Local.Hosting;

/// <summary>Opens the storage account that <c>--storage</c> names.</summary>
internal static class LocalStorage
{
    /// <summary>The values that <c>--storage</c> takes, for its description.</summary>
    public const string AcceptedForms =
        "a connection string, or https://<account>.table.core.windows.net (signs in with az login)";

    private const string TableHost = ".table.";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <exception cref="LocalHostException">The account cannot be used.</exception>
    public static Task<PipelineStorage> OpenAsync(string account, CancellationToken cancellationToken) =>
        Uri.TryCreate(account, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
            && address.Host.Contains(TableHost, StringComparison.OrdinalIgnoreCase)
            ? OpenAsync(address, cancellationToken)
            : OpenConnectionStringAsync(account, cancellationToken);

    // The Bicep template has made the tables and the container of such an account, so none are created here.
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
            throw new LocalHostException(
                "belco cannot sign in to Azure: nobody is signed in on this machine. Run az login (Azure CLI).", exception);
        }
        catch (RequestFailedException exception) when (exception.Status is 403)
        {
            throw new LocalHostException(
                $"You may not use the tables of the storage account {tableService.Host}: a role is missing. "
                + "Assign yourself Storage Table Data Contributor and Storage Blob Data Contributor, and wait some minutes.",
                exception);
        }
        catch (RequestFailedException exception) when (exception.Status is 404)
        {
            throw new LocalHostException(
                $"The storage account {tableService.Host} does not have BelcoFunctions' tables. Check --storage.", exception);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unreachable(exception);
        }
    }

    private static async Task<PipelineStorage> OpenConnectionStringAsync(
        string connectionString, CancellationToken cancellationToken)
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
                $"--storage is not a storage account. Give {AcceptedForms}. "
                + "For an Azurite that already runs, give UseDevelopmentStorage=true.",
                exception);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unreachable(exception);
        }
    }

    private static LocalHostException Unreachable(Exception exception) => new(
        "The storage account did not answer. Check --storage, and that this machine can reach the account.", exception);
}
