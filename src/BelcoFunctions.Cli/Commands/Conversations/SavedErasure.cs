using BelcoFunctions.Cli.Accounts;
using BelcoFunctions.Cli.Azurite;
using BelcoFunctions.Cli.Serve.Host;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Cli.Commands.Conversations;

/// <summary>Finds out whether an erasure is saved on the disk, for its receipt. Azure answers only after it has saved.
/// Azurite answers before it saves, and loses unsaved data if it is killed.</summary>
/// <param name="azurite">The Azurite of <c>belco serve</c>; null for another Azurite, whose files are not known.</param>
/// <param name="storage">The account.</param>
internal sealed class SavedErasure(AzuriteSaves? azurite, PipelineStorage storage)
{
    /// <param name="account">The account given with <c>--storage</c>; null for the account of <c>belco serve</c>.</param>
    /// <param name="dataFolder">The data folder of <c>belco serve</c>.</param>
    /// <param name="storage">The opened account.</param>
    /// <returns>Null for an account on Azure.</returns>
    public static SavedErasure? For(string? account, string dataFolder, PipelineStorage storage) => account is null
        ? new(new AzuriteSaves(DataFolder.AzuriteFiles(dataFolder), TimeProvider.System), storage)
        : StorageAccount.IsEmulator(account) ? new(azurite: null, storage) : null;

    /// <summary>Waits until Azurite has saved, if its files are known.</summary>
    /// <returns>Whether it was seen to save.</returns>
    public async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        if (azurite is null) return false;
        try
        {
            // Wait for tables and blobs, even if no large body was counted: queued events and strays have blobs too.
            var saved = await Task.WhenAll(
                azurite.WaitAsync(AzuriteSaves.Tables, ChangeTablesAsync, cancellationToken),
                azurite.WaitAsync(AzuriteSaves.Blobs, ChangeBlobsAsync, cancellationToken));
            return saved.All(each => each);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Azurite has stopped, or cannot be reached.
            return false;
        }
    }

    // These set values that are already set. Azurite counts that as a change, but no reader sees a difference.
    private Task ChangeTablesAsync(CancellationToken cancellationToken) =>
        storage.Conversations.Client.SetAccessPolicyAsync([], cancellationToken);

    private Task ChangeBlobsAsync(CancellationToken cancellationToken) =>
        storage.Payloads.SetMetadataAsync(new Dictionary<string, string>(), cancellationToken: cancellationToken);
}
