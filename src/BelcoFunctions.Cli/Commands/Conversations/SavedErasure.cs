using BelcoFunctions.Cli.Accounts;
using BelcoFunctions.Cli.Azurite;
using BelcoFunctions.Cli.Serve.Host;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Cli.Commands.Conversations;

/// <summary>Sees to it that a receipt says whether the erasure is on the disk. Azure answers when it is. Azurite answers before,
/// and forgets what it has not saved if it is killed.</summary>
/// <param name="azurite">The Azurite of <c>belco serve</c>; null for that of somebody else, whose files are not known.</param>
/// <param name="storage">The account.</param>
internal sealed class SavedErasure(AzuriteSaves? azurite, PipelineStorage storage)
{
    /// <param name="account">The account that was given; null for that of <c>belco serve</c>.</param>
    /// <param name="dataFolder">The data folder of <c>belco serve</c>.</param>
    /// <param name="storage">The opened account.</param>
    /// <returns>Null for an account on Azure.</returns>
    public static SavedErasure? For(string? account, string dataFolder, PipelineStorage storage) => account is null
        ? new(new AzuriteSaves(DataFolder.AzuriteFiles(dataFolder), TimeProvider.System), storage)
        : StorageAccount.IsEmulator(account) ? new(azurite: null, storage) : null;

    /// <summary>Waits until Azurite has saved, if that can be seen.</summary>
    /// <returns>Whether it was seen.</returns>
    public async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        if (azurite is null) return false;
        try
        {
            // Both, also if no large body was counted: queued events and strays have blobs too.
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

    // These set what is set already: Azurite counts it as a change, and nobody sees it.
    private Task ChangeTablesAsync(CancellationToken cancellationToken) =>
        storage.Conversations.Client.SetAccessPolicyAsync([], cancellationToken);

    private Task ChangeBlobsAsync(CancellationToken cancellationToken) =>
        storage.Payloads.SetMetadataAsync(new Dictionary<string, string>(), cancellationToken: cancellationToken);
}
