using System.Globalization;

namespace BelcoFunctions.Pipeline.Importing;

/// <summary>Reads Belco's list of conversations, whose order is not known and which changes while it is read. Pages overlap, and
/// the list is read again until a pass finds nothing new that began before the run.</summary>
/// <param name="api">Belco's API.</param>
/// <param name="notes">Gets the fields that are not understood.</param>
/// <param name="progress">Gets the number of conversations, as they are found.</param>
/// <param name="maxConversations">A list with more stops the import.</param>
internal sealed class InventoryReader(IBelcoApi api, FieldNotes notes, Action<int> progress,
    int maxConversations = InventoryReader.MaxConversations)
{
    private const int Overlap = 10;
    private const int MaxPasses = 10;

    // So many conversations need about a gigabyte of memory. A list that names other ones for ever ends here.
    private const int MaxConversations = 2_000_000;

    // So many pages without any new conversation in one pass: the API returns the same page for ever.
    private const int MaxRepeatedPages = 20;

    /// <exception cref="BelcoApiException"/>
    /// <exception cref="ImportStoppedException">The answers are not a list, or it does not end.</exception>
    public async Task<Inventory> ReadAsync(DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        var inventory = new Inventory();
        for (var pass = 0; pass < MaxPasses; pass++)
        {
            if (await ReadPassAsync(inventory, startedAt, cancellationToken) == 0 && pass > 0) return inventory;
        }

        throw new ImportStoppedException($"Belco's list of conversations was read {MaxPasses} times, and each time had older "
            + "conversations that it did not have before. Run the import again later.");
    }

    /// <summary>Reads the list once, up to an empty page. Returns how many old conversations it found.</summary>
    private async Task<int> ReadPassAsync(Inventory inventory, DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        inventory.BeginPass();
        HashSet<string> seen = new(StringComparer.Ordinal);
        var (found, skip, repeated) = (0, 0, 0);
        while (await ReadPageAsync(skip, cancellationToken) is { Count: > 0 } page)
        {
            found += inventory.Add(page, startedAt);
            progress(inventory.Conversations.Count);
            if (inventory.Conversations.Count > maxConversations)
            {
                throw new ImportStoppedException(string.Create(CultureInfo.InvariantCulture,
                    $"Belco's list has more than {maxConversations:N0} conversations. belco cannot import so many."));
            }

            var before = seen.Count;
            seen.UnionWith(page.Conversations.Select(conversation => conversation.Id));
            var isNew = seen.Count > before;
            repeated = isNew ? 0 : repeated + 1;
            if (repeated == MaxRepeatedPages)
            {
                throw new ImportStoppedException("Belco's list of conversations does not end: it returns the same ones again and "
                    + "again. Run the import again later.");
            }

            // Without overlap, a conversation would be skipped if one before it left its place meanwhile.
            skip += isNew && page.Count > Overlap ? page.Count - Overlap : page.Count;
        }

        return found;
    }

    private async Task<ListPage> ReadPageAsync(int skip, CancellationToken cancellationToken) =>
        await api.GetAsync(BelcoPaths.Conversations(skip), cancellationToken) is { } answer
        && ListPage.Read(answer, notes) is { } page
            ? page : throw new ImportStoppedException("Belco's list of conversations has a form that belco does not know.");
}
