namespace BelcoFunctions.Pipeline.Importing;

/// <summary>Stops an import if webhooks and API never agree on when an item was created: it would write each item a second
/// time. Several threads may use it.</summary>
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
        throw new ImportStoppedException("The API has other times (createdAt) for the items that webhooks brought: all that were "
            + "compared differ. An import would write each of them again, so it stops.");
    }
}
