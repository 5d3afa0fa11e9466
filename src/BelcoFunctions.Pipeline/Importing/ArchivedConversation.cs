namespace BelcoFunctions.Pipeline.Importing;

/// <summary>What the archive knows of a conversation before the run.</summary>
/// <param name="LastItemAt">Its last item; null if it has no items, because it is new or was erased.</param>
/// <param name="ReadAt">When it was last read completely; null if it never was.</param>
/// <param name="ListedHash">The hash of its entry in Belco's list then; null if it was not in the list.</param>
internal readonly record struct ArchivedConversation(DateTimeOffset? LastItemAt, DateTimeOffset? ReadAt, string? ListedHash)
{
    /// <summary>Whether it has items.</summary>
    public bool HasItems => LastItemAt is not null;

    /// <summary>Whether it must be read: it was never read completely, something of it is newer than that, or its entry in the
    /// list is another.</summary>
    /// <param name="listed">Its entry; null if the list does not have it.</param>
    public bool NeedsReading(ListedConversation? listed) =>
        ReadAt is not { } readAt || LastItemAt >= readAt || (listed is not null && listed.Hash != ListedHash);

    /// <summary>Whether <c>--since</c> leaves it out. A conversation whose beginning is not known is not left out.</summary>
    /// <inheritdoc cref="NeedsReading" path="/param[@name='listed']"/>
    public bool IsBefore(DateTimeOffset since, ListedConversation? listed) =>
        !(LastItemAt >= since) && (listed is null || listed.CreatedAt < since);
}
