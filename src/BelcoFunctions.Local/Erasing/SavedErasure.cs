using BelcoFunctions.Local.Hosting;
using BelcoFunctions.Local.Storage;

namespace BelcoFunctions.Local.Erasing;

/// <summary>Sees to it that a receipt says whether the erasure is on the disk. Azure answers when it is. Azurite answers before,
/// and forgets what it has not saved if it is killed.</summary>
/// <param name="azurite">The Azurite of <c>belco serve</c>; null for that of somebody else, whose files are not known.</param>
internal sealed class SavedErasure(AzuriteSaves? azurite)
{
    /// <param name="storage">The account that was given; null for that of <c>belco serve</c>.</param>
    /// <param name="dataFolder">The data folder of <c>belco serve</c>.</param>
    /// <returns>Null for an account on Azure.</returns>
    public static SavedErasure? For(string? storage, string dataFolder) => storage is null
        ? new(new AzuriteSaves(DataFolder.AzuriteFiles(dataFolder), TimeProvider.System))
        : LocalStorage.IsEmulator(storage) ? new(azurite: null) : null;

    /// <summary>Waits until Azurite has saved, if that can be seen.</summary>
    public async Task<ErasureReport> WaitAsync(ErasureReport erased, CancellationToken cancellationToken)
    {
        string[] files = erased.Blobs > 0 ? [AzuriteSaves.Tables, AzuriteSaves.Blobs] : [AzuriteSaves.Tables];
        return erased with { Saved = azurite is not null && await azurite.WaitAsync(files, cancellationToken) };
    }
}
