using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Erasing;

/// <summary>Finds the names of contacts that no conversation names any more, because retention or a request erased their
/// conversations. An import that is running may write such a name again. It deletes it at its end; if it is stopped before, the
/// next import or erasure does.</summary>
internal sealed class StrayNames(ConversationTable conversations)
{
    private readonly NameTable names = new(conversations);

    /// <summary>Deletes them, and counts them. Reads the rows of all conversations of the shop, if it has any names.</summary>
    /// <param name="erased">For a dry run: what would be erased, and what is already counted.</param>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<int> EraseAsync(string shopId, ErasureLookup erased, bool dryRun, CancellationToken cancellationToken)
    {
        // List the names before the conversations: the ETag of a name that is written again in between changes.
        var contacts = await names.ListAsync(shopId, NameKind.Contact, cancellationToken).ToListAsync(cancellationToken);
        if (contacts.Count == 0) return 0;
        var people = await NamedPeople.ReadAsync(conversations, shopId, dryRun
            ? (conversationId, last) => erased.IsExpected(shopId, conversationId, last) : null, cancellationToken);
        var count = 0;
        foreach (var name in people.Unnamed(contacts))
        {
            var isErased = dryRun
                ? erased.CountsFirst(TableKeys.Escape(shopId), name.RowKey)
                : await names.DeleteAsync(shopId, name, cancellationToken);
            if (isErased) count++;
        }

        return count;
    }
}
