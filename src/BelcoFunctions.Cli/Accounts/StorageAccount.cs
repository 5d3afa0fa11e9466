using Azure;
using Azure.Identity;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Cli.Accounts;

/// <summary>Opens the storage account that <c>--storage</c> names.</summary>
internal static class StorageAccount
{
    /// <summary>The values that <c>--storage</c> takes, for its description.</summary>
    public const string AcceptedForms =
        "a connection string, or https://<account>.table.core.windows.net (signs in with az login)";

    private const string TableHost = ".table.";
    private static readonly List<string> EmulatorSigns =
        ["UseDevelopmentStorage=true", "devstoreaccount1", "://localhost", "://127.0.0.1", "://[::1]"];
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Opens the account for reading and writing. With a connection string, it creates missing tables and
    /// containers.</summary>
    /// <exception cref="CommandException">The account cannot be used.</exception>
    public static Task<PipelineStorage> OpenAsync(string account, CancellationToken cancellationToken) =>
        OpenAsync(account, DataRole.Contributor, transport: null, cancellationToken);

    /// <summary>Opens the account for reading only, and creates nothing. A missing table or container is read as empty, with
    /// a note on standard error.</summary>
    /// <exception cref="CommandException">The account cannot be read.</exception>
    public static Task<PipelineStorage> OpenToReadAsync(string account, CancellationToken cancellationToken) =>
        OpenAsync(account, DataRole.Reader, new ReadOnlyTransport(SayMissing), cancellationToken);

    /// <summary>The address of the account's tables, if <c>az login</c> signs in; null for a connection string.</summary>
    public static Uri? TableService(string account) =>
        Uri.TryCreate(account, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
            && address.Host.Contains(TableHost, StringComparison.OrdinalIgnoreCase) ? address : null;

    /// <summary>Whether the account is an Azurite. Azurite saves its data only every few seconds.</summary>
    public static bool IsEmulator(string account) =>
        EmulatorSigns.Exists(sign => account.Contains(sign, StringComparison.OrdinalIgnoreCase));

    private static async Task<PipelineStorage> OpenAsync(
        string account, DataRole role, ReadOnlyTransport? transport, CancellationToken cancellationToken)
    {
        var address = TableService(account);
        // An account with an address was set up by the Bicep template, which creates the tables and the container. Create
        // none there.
        var creates = address is null && transport is null;
        try
        {
            var storage = address is null
                ? PipelineStorage.FromConnectionString(account, transport) : FromAddress(address, transport);
            var opening = creates
                ? storage.CreateIfNotExistsAsync(cancellationToken) : storage.CheckTablesAsync(cancellationToken);
            await opening.WaitAsync(Timeout, cancellationToken);
            return storage;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new CommandException($"--storage is not a storage account. Give {AcceptedForms}. "
                + "For an Azurite that already runs, give UseDevelopmentStorage=true.", exception);
        }
        catch (AuthenticationFailedException exception)
        {
            throw new CommandException(
                "belco cannot sign in to Azure: nobody is signed in on this machine. Run az login (Azure CLI).", exception);
        }
        catch (RequestFailedException exception) when (exception.Status is 403)
        {
            throw new CommandException(address is null
                ? "The storage account refused the key or the signature in --storage. Check it"
                    + (creates ? ", and that it allows writing." : ".")
                : $"You may not use the tables of the storage account {address.Host}: a role is missing. "
                    + $"Assign yourself {role.Roles}, or run azd env set {DataRole.Setting} {role.Name} and azd provision. "
                    + "Then wait some minutes.",
                exception);
        }
        catch (RequestFailedException exception) when (exception.Status is 404 && address is not null)
        {
            throw new CommandException(
                $"The storage account {address.Host} does not have BelcoFunctions' tables. Check --storage.", exception);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandException("The storage account did not answer. Check --storage, "
                + "and that this machine can reach the account.", exception);
        }
    }

    private static PipelineStorage FromAddress(Uri tableService, ReadOnlyTransport? transport)
    {
        var blobService = new UriBuilder(tableService)
        {
            Host = tableService.Host.Replace(TableHost, ".blob.", StringComparison.OrdinalIgnoreCase),
        };
        return PipelineStorage.FromUris(tableService, blobService.Uri, new AzureCliCredential(), transport);
    }

    private static void SayMissing(string host, string what) => Console.Error.WriteLine(
        $"The storage account {host} has no {what}, so it is read as empty. If you expected something there, check --storage.");
}
