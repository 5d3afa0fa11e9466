using BelcoFunctions.Pipeline;

namespace BelcoFunctions.Local.Hosting;

/// <summary>Opens a storage account, and says in a sentence why that cannot be done.</summary>
internal static class LocalStorage
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <exception cref="LocalHostException"/>
    public static async Task<PipelineStorage> OpenAsync(string connectionString, CancellationToken cancellationToken)
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
                "--storage is not a storage connection string; copy one from the portal, or use UseDevelopmentStorage=true.", exception);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LocalHostException(
                "The storage account did not answer; check --storage and that the account can be reached from here.", exception);
        }
    }
}
