namespace BelcoFunctions.Pipeline.Importing;

/// <summary>Stops an import if webhooks and API never agree on when an item was created: an item could then get two rows, one
/// from each. Several threads may use it.</summary>
internal sealed class MomentCheck
{
    private volatile bool agreed;

    /// <param name="same">Items that the archive has at the same moment.</param>
    /// <param name="other">Items that the archive has only at another moment.</param>
    /// <exception cref="ImportStoppedException">No item had the same moment yet.</exception>
    public void Add(int same, int other)
    {
        if (same > 0) agreed = true;
        if (other == 0 || agreed) return;
        throw new ImportStoppedException("The API has another createdAt than the webhooks for each item that was compared. An "
            + "item could get two rows, one from a webhook and one from the API, so the import stops.");
    }
}
