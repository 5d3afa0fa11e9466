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
    private const string RolesToWrite = "Storage Table Data Contributor and Storage Blob Data Contributor";
    private const string RolesToRead = "Storage Table Data Reader and Storage Blob Data Reader";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Opens it for reading and writing. With a connection string, it creates what is missing.</summary>
    /// <exception cref="LocalHostException">The account cannot be used.</exception>
    public static async Task<PipelineStorage> OpenAsync(string account, CancellationToken cancellationToken)
    {
        // The Bicep template has made the tables and the container of such an account, so none are created here.
        if (TableService(account) is { } tableService)
            return await CheckAsync(FromAddress(tableService), RolesToWrite, cancellationToken);
        var storage = FromConnectionString(account);
        try
        {
            await storage.CreateIfNotExistsAsync(cancellationToken).WaitAsync(Timeout, cancellationToken);
            return storage;
        }
        catch (Exception exception) when (IsMalformed(exception))
        {
            throw Malformed(exception);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unreachable(exception);
        }
    }

    /// <summary>Opens it for reading. It creates nothing.</summary>
    /// <exception cref="LocalHostException">The account cannot be read.</exception>
    public static Task<PipelineStorage> OpenToReadAsync(string account, CancellationToken cancellationToken) =>
        TableService(account) is { } tableService
            ? CheckAsync(FromAddress(tableService), RolesToRead, cancellationToken)
            : CheckAsync(FromConnectionString(account), roles: null, cancellationToken);

    /// <summary>The address of the account's tables, for which <c>az login</c> signs in; null if it is a connection
    /// string.</summary>
    public static Uri? TableService(string account) =>
        Uri.TryCreate(account, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
            && address.Host.Contains(TableHost, StringComparison.OrdinalIgnoreCase) ? address : null;

    private static PipelineStorage FromAddress(Uri tableService)
    {
        var blobService = new UriBuilder(tableService)
        {
            Host = tableService.Host.Replace(TableHost, ".blob.", StringComparison.OrdinalIgnoreCase),
        };
        return PipelineStorage.FromUris(tableService, blobService.Uri, new AzureCliCredential());
    }

    private static PipelineStorage FromConnectionString(string connectionString)
    {
        try
        {
            return PipelineStorage.FromConnectionString(connectionString);
        }
        catch (Exception exception) when (IsMalformed(exception))
        {
            throw Malformed(exception);
        }
    }

    /// <param name="storage">The account.</param>
    /// <param name="roles">The roles that its use needs; null if a key or a signature opens it.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    private static async Task<PipelineStorage> CheckAsync(
        PipelineStorage storage, string? roles, CancellationToken cancellationToken)
    {
        var host = storage.Conversations.Uri.Host;
        try
        {
            await storage.CheckTablesAsync(cancellationToken).WaitAsync(Timeout, cancellationToken);
            return storage;
        }
        catch (AuthenticationFailedException exception)
        {
            throw new LocalHostException(
                "belco cannot sign in to Azure: nobody is signed in on this machine. Run az login (Azure CLI).", exception);
        }
        catch (RequestFailedException exception) when (exception.Status is 403)
        {
            throw new LocalHostException(roles is null
                ? $"The storage account {host} refused the key or the signature in --storage. Check it."
                : $"You may not use the tables of the storage account {host}: a role is missing. "
                    + $"Assign yourself {roles}, and wait some minutes.", exception);
        }
        catch (RequestFailedException exception) when (exception.Status is 404)
        {
            throw new LocalHostException(
                $"The storage account {host} does not have BelcoFunctions' tables. Check --storage.", exception);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unreachable(exception);
        }
    }

    private static bool IsMalformed(Exception exception) =>
        exception is FormatException or ArgumentException or InvalidOperationException;

    private static LocalHostException Malformed(Exception exception) => new(
        $"--storage is not a storage account. Give {AcceptedForms}. "
        + "For an Azurite that already runs, give UseDevelopmentStorage=true.", exception);

    private static LocalHostException Unreachable(Exception exception) => new(
        "The storage account did not answer. Check --storage, and that this machine can reach the account.", exception);
}
